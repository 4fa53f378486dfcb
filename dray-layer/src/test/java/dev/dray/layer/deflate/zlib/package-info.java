@NullMarked
package dev.dray.layer.deflate.zlib;

import org.jspecify.annotations.NullMarked;
