/// Deflate (RFC 1951) as container tools make it: an inflater that tells its tokens, and bit-exact encoders.
@NullMarked
package dev.dray.layer.deflate;

import org.jspecify.annotations.NullMarked;
