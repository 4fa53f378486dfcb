/// The catalogue of encoders: families, eras and levels by their [dev.dray.layer.recipe.EncoderId], and how each is
/// run.
@NullMarked
package dev.dray.layer.encoders;

import org.jspecify.annotations.NullMarked;
