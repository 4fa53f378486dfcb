/// Compares what the catalog of a store says with the bytes that are there, and mends what can be mended.
@NullMarked
package dev.dray.store.check;

import org.jspecify.annotations.NullMarked;
