/// Finds the encoder of a blob by its digest and its tar, and remembers the recipe.
@NullMarked
package dev.dray.engine.adopt.search;

import org.jspecify.annotations.NullMarked;
