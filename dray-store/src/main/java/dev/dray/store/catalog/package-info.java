/// What the catalog of a store knows, as interfaces and rows: the contract that every database behind it fulfils.
@NullMarked
package dev.dray.store.catalog;

import org.jspecify.annotations.NullMarked;
