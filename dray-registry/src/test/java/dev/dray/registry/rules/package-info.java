/// The rules by which a registry accepts or refuses content.
@NullMarked
package dev.dray.registry.rules;

import org.jspecify.annotations.NullMarked;
