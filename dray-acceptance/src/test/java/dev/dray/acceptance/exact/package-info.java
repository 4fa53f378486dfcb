/// Blobs that the engine's store rebuilds byte for byte, compared with clients that change them.
@NullMarked
package dev.dray.acceptance.exact;

import org.jspecify.annotations.NullMarked;
