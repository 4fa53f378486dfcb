@NullMarked
package dev.dray.engine.adopt;

import org.jspecify.annotations.NullMarked;
