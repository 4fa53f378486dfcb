@NullMarked
package dev.dray.engine.keep;

import org.jspecify.annotations.NullMarked;
