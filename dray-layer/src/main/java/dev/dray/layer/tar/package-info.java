/// A tar stream, or any other, as contents named by their hash and a small recipe that puts them together again.
@NullMarked
package dev.dray.layer.tar;

import org.jspecify.annotations.NullMarked;
