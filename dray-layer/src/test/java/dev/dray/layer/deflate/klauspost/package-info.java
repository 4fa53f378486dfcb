@NullMarked
package dev.dray.layer.deflate.klauspost;

import org.jspecify.annotations.NullMarked;
