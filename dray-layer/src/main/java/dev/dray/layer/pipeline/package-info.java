/// The one way of a layer's blob through this module: recognise its compression, scan it, split it, prove it, rebuild
/// it.
///
/// ```
/// blob ─► LayerPipeline.split ─► contents to a ContentSink, tar recipe to a stream, scan of the compression
///                                     │
///         plain bytes, as stored ◄────┘
///              └─► LayerPipeline.prove ─► BlobRecipe ─► LayerPipeline.rebuild ─► blob
/// ```
///
/// Callers bring the two ends: where contents and recipes are written, and where the plain bytes are read back from.
@NullMarked
package dev.dray.layer.pipeline;

import org.jspecify.annotations.NullMarked;
