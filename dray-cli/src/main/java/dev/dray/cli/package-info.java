/// The `dray` command: a class per subcommand, options, output, and the wiring of the modules by constructors.
@NullMarked
package dev.dray.cli;

import org.jspecify.annotations.NullMarked;
