/// Attacks on the availability of a server that was started as it ships, cut down by giving it less to use.
@NullMarked
package dev.dray.acceptance.attacks;

import org.jspecify.annotations.NullMarked;
