/// Durability after the registry is killed.
@NullMarked
package dev.dray.acceptance.durability;

import org.jspecify.annotations.NullMarked;
