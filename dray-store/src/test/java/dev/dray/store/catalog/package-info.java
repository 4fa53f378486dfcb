@NullMarked
package dev.dray.store.catalog;

import org.jspecify.annotations.NullMarked;
