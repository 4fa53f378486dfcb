/// Where images live: the store as its users see it. Blobs, upload sessions, leases, and the catalog that knows
/// them.
@NullMarked
package dev.dray.store;

import org.jspecify.annotations.NullMarked;
