/// Blobs of real tools in awkward sizes and of awkward content: whether their encoders are found again.
@org.jspecify.annotations.NullMarked
package dev.dray.layer.sweep;
