/// Building blocks of benchmarks: contenders, their servers, load, figures and how they are timed.
@NullMarked
package dev.dray.benchmark.stage;

import org.jspecify.annotations.NullMarked;
