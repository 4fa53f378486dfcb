/// Subcommands about a store as a whole: backup, disk use, check, collection.
@NullMarked
package dev.dray.cli.store;

import org.jspecify.annotations.NullMarked;
