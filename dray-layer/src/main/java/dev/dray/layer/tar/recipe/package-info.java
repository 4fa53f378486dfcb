/// The stored form of a tar recipe: headers, padding and oddities in columns, without file contents.
@NullMarked
package dev.dray.layer.tar.recipe;

import org.jspecify.annotations.NullMarked;
