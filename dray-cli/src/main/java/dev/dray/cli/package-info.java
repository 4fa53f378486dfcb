/// The `dray` command: a class for each subcommand, options, output, and the wiring of the rooms by constructors.
@NullMarked
package dev.dray.cli;

import org.jspecify.annotations.NullMarked;
