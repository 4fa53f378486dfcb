@NullMarked
package dev.dray.layer.tar;

import org.jspecify.annotations.NullMarked;
