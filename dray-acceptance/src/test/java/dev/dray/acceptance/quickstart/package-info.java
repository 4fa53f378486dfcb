/// The first command that a newcomer runs.
@NullMarked
package dev.dray.acceptance.quickstart;

import org.jspecify.annotations.NullMarked;
