/// Blobs of a store: staged, finished, published, and read back from a file, from the database, or rebuilt.
@NullMarked
package dev.dray.store.blob;

import org.jspecify.annotations.NullMarked;
