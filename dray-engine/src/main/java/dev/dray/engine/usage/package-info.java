/// Disk usage of a store, by image and by kind of data.
@NullMarked
package dev.dray.engine.usage;

import org.jspecify.annotations.NullMarked;
