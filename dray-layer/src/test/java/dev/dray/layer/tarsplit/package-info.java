@NullMarked
package dev.dray.layer.tarsplit;

import org.jspecify.annotations.NullMarked;
