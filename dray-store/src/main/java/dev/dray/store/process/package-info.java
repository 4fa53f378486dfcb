/// Processes that share a store: liveness by file lock, leases, and claims on exclusive work.
@NullMarked
package dev.dray.store.process;

import org.jspecify.annotations.NullMarked;
