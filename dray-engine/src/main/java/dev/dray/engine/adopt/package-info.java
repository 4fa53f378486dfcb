/// The stores of other engines on this host, read and never written: Docker's data root and containers/storage.
///
/// They hold everything of a layer but its compressed bytes. An `UnpackedLayer` puts the tar together again; an
/// `EncoderSearch` finds, by the digest that the engine noted, who compressed it; an `AdoptedImage` gives the original
/// blobs to whoever asks.
@NullMarked
package dev.dray.engine.adopt;

import org.jspecify.annotations.NullMarked;
