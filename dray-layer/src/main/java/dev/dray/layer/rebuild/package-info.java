/// Rebuilds compressed blobs from recipe and plain bytes, segment by segment, each checked against its hash before it
/// is released.
@NullMarked
package dev.dray.layer.rebuild;

import org.jspecify.annotations.NullMarked;
