/// Streams that every module needs: base classes over bulk transfers, tees, and a pipe between two threads.
@NullMarked
package dev.dray.model.stream;

import org.jspecify.annotations.NullMarked;
