/// Layers as files: who compressed them, whether they can be made again, taken apart into a folder and put together.
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
