@NullMarked
package dev.dray.registry.access;

import org.jspecify.annotations.NullMarked;
