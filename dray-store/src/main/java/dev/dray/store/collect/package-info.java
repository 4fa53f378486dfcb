/// Frees what nobody needs any more, while everybody else goes on working.
@NullMarked
package dev.dray.store.collect;

import org.jspecify.annotations.NullMarked;
