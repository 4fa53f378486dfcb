/// The parts of the API by themselves.
@NullMarked
package dev.dray.registry.api;

import org.jspecify.annotations.NullMarked;
