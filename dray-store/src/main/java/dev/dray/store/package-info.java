/// Where images live: blobs, catalog, leases.
@NullMarked
package dev.dray.store;

import org.jspecify.annotations.NullMarked;
