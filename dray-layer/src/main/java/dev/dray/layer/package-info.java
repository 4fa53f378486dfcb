/// A layer as bytes: tar, tar-split, deflate and its encoders, recipes.
@NullMarked
package dev.dray.layer;

import org.jspecify.annotations.NullMarked;
