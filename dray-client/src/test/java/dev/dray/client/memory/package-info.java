@NullMarked
package dev.dray.client.memory;

import org.jspecify.annotations.NullMarked;
