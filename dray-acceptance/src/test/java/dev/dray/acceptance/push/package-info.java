/// What a push moves, and how often it asks.
@NullMarked
package dev.dray.acceptance.push;

import org.jspecify.annotations.NullMarked;
