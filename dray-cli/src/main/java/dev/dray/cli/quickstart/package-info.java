/// `dray quickstart`: the main job on embedded defaults, as a demonstration.
@NullMarked
package dev.dray.cli.quickstart;

import org.jspecify.annotations.NullMarked;
