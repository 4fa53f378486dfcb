/// The gzip file format (RFC 1952) with nothing lost: headers, trailers, members and what follows them, as they
/// came.
@NullMarked
package dev.dray.layer.gzip;

import org.jspecify.annotations.NullMarked;
