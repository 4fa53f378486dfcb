/// Copies between two locations, and the commands that are copies with one end fixed: pull, push, load, save.
@NullMarked
package dev.dray.engine.copy;

import org.jspecify.annotations.NullMarked;
