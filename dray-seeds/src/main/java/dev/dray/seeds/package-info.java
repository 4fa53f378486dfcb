/// Seeds of random tests, and the cases that are drawn from them.
@NullMarked
package dev.dray.seeds;

import org.jspecify.annotations.NullMarked;
