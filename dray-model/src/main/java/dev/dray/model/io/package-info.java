/// I/O for all modules: base classes of streams over bulk transfers, tees, a pipe between two threads, temporary
/// folders.
@NullMarked
package dev.dray.model.io;

import org.jspecify.annotations.NullMarked;
