/// The stores of other engines on this host, read and never written: Docker's data root and containers/storage.
///
/// They hold everything of a layer but its compressed bytes. A [HostLayer] assembles the tar from the unpacked files,
/// an [EncoderSearch] finds the encoder whose output has the digest that the engine noted, and an [AdoptedImage] serves
/// the original blobs.
@NullMarked
package dev.dray.engine.adopt;

import org.jspecify.annotations.NullMarked;
