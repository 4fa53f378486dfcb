/// `dray quickstart`: the main use on embedded defaults, as a demonstration.
@NullMarked
package dev.dray.cli.quickstart;

import org.jspecify.annotations.NullMarked;
