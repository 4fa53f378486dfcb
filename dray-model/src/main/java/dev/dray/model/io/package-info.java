/// Streams that every module needs: base classes over bulk transfers, tees, and a pipe between two threads.
@NullMarked
package dev.dray.model.io;

import org.jspecify.annotations.NullMarked;
