/// The encoders of klauspost/compress, bit for bit.
@NullMarked
package dev.dray.layer.deflate.klauspost;

import org.jspecify.annotations.NullMarked;
