@NullMarked
package dev.dray.store.pack;

import org.jspecify.annotations.NullMarked;
