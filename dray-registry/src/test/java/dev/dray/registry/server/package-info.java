/// Tests of registries that run.
@NullMarked
package dev.dray.registry.server;

import org.jspecify.annotations.NullMarked;
