/// Compares what the catalog of a store says with the bytes that are there, and repairs what can be repaired.
@NullMarked
package dev.dray.store.check;

import org.jspecify.annotations.NullMarked;
