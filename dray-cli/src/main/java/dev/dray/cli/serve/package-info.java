/// `dray serve`: the registry, or the mirror of an engine's store, as a process.
@NullMarked
package dev.dray.cli.serve;

import org.jspecify.annotations.NullMarked;
