/// Verification of stored images, and repair of damaged blobs from a registry that has them.
@NullMarked
package dev.dray.engine.verify;

import org.jspecify.annotations.NullMarked;
