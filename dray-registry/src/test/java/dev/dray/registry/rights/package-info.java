/// Access control, tested from outside.
@NullMarked
package dev.dray.registry.rights;

import org.jspecify.annotations.NullMarked;
