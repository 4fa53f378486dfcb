/// Test fixtures: random images, scripted and in-memory registries.
@NullMarked
package dev.dray.testkit;

import org.jspecify.annotations.NullMarked;
