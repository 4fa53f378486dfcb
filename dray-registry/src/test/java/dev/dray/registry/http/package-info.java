/// Speaking to a registry in tests.
@NullMarked
package dev.dray.registry.http;

import org.jspecify.annotations.NullMarked;
