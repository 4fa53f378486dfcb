/// Layers in files: identifies their encoders, splits them into a folder, and rebuilds them from there.
///
/// [Layers] is the way in. Nothing here needs a store.
///
/// ```
/// FILE, oci:DIR, docker://IMAGE ─► LayerBlob ─┬► BlobGlance (likely)             ─► LayerReport
///                                             └► BlobSplit (contents, recipes; proven from the folder)
///                                 folder ─► BlobRebuild ─► FILE
/// ```
@NullMarked
package dev.dray.engine.layers;

import org.jspecify.annotations.NullMarked;
