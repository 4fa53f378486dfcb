@NullMarked
package dev.dray.engine;

import org.jspecify.annotations.NullMarked;
