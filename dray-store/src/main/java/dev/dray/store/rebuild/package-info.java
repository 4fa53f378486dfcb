/// Rebuilds blobs from packs for concurrent readers, within a budget of memory and threads.
@NullMarked
package dev.dray.store.rebuild;

import org.jspecify.annotations.NullMarked;
