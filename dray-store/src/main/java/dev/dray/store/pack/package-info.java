/// Packs: files of compressed frames that hold the contents of layers, with the ways in and out.
///
/// The way in: `LayerPacker` takes what a splitter finds and writes packs; the way out: `PackedLayer` gives the
/// bytes of a layer that has a row. `PackFooter` says what is in a pack, to readers of the file alone.
@NullMarked
package dev.dray.store.pack;

import org.jspecify.annotations.NullMarked;
