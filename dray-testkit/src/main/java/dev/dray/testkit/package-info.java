/// Random images, scripted and in-memory registries, seeds of random tests.
@NullMarked
package dev.dray.testkit;

import org.jspecify.annotations.NullMarked;
