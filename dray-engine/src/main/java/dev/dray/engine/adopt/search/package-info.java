/// Finds the encoder that made a blob from its digest and its tar, and remembers what it found.
@NullMarked
package dev.dray.engine.adopt.search;

import org.jspecify.annotations.NullMarked;
