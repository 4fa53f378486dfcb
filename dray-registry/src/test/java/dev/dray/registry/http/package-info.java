/// A test client for registries.
@NullMarked
package dev.dray.registry.http;

import org.jspecify.annotations.NullMarked;
