/// The stored form of a compression recipe: everything needed, beside the plain bytes, to rebuild a compressed layer
/// byte
/// for byte. `prove` writes recipes, `rebuild` runs them, `encoders` is the catalogue that both look encoders up in.
@NullMarked
package dev.dray.layer.recipe;

import org.jspecify.annotations.NullMarked;
