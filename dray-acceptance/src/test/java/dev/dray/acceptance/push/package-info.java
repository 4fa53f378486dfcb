/// The traffic and the requests of pushes.
@NullMarked
package dev.dray.acceptance.push;

import org.jspecify.annotations.NullMarked;
