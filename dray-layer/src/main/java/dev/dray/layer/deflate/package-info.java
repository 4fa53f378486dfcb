/// Deflate (RFC 1951) as container tools write it: an inflater that reports its tokens, and bit-exact encoders.
@NullMarked
package dev.dray.layer.deflate;

import org.jspecify.annotations.NullMarked;
