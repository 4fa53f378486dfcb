/// Side-by-side runs of Dray against installed peers: the same load program for all, interleaved, medians.
@NullMarked
package dev.dray.benchmark;

import org.jspecify.annotations.NullMarked;
