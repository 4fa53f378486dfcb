/// Blobs that come back byte for byte from the engine's store, beside clients that change them.
@NullMarked
package dev.dray.acceptance.exact;

import org.jspecify.annotations.NullMarked;
