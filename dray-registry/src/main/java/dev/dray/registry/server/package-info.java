/// Running registries: over a store of the caller's, and embedded in tests.
@NullMarked
package dev.dray.registry.server;

import org.jspecify.annotations.NullMarked;
