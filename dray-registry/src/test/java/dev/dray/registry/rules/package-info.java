/// What a registry takes and what it refuses.
@NullMarked
package dev.dray.registry.rules;

import org.jspecify.annotations.NullMarked;
