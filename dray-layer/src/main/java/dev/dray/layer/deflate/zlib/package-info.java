/// zlib, GNU gzip and pigz, bit for bit.
@NullMarked
package dev.dray.layer.deflate.zlib;

import org.jspecify.annotations.NullMarked;
