/// Unit tests of the API's parts.
@NullMarked
package dev.dray.registry.api;

import org.jspecify.annotations.NullMarked;
