/// Compression recipes: what it takes, beside the plain bytes, to make a compressed layer again byte for byte.
///
/// The way through: `GzipScan` reads a blob once, gives its plain bytes and learns its structure; `GzipProver`
/// finds the encoder and proves it over the whole blob; a `GzipRecipe` is what is kept; `GzipRebuilder` makes
/// the blob again.
@NullMarked
package dev.dray.layer.recipe;

import org.jspecify.annotations.NullMarked;
