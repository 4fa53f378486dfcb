/// Identifies the encoder of a compressed blob and proves it over the whole blob; the result is a recipe.
@NullMarked
package dev.dray.layer.prove;

import org.jspecify.annotations.NullMarked;
