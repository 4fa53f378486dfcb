/// Shared by subcommands: their context, exit codes, and common options. No subcommand lives here.
@NullMarked
package dev.dray.cli.command;

import org.jspecify.annotations.NullMarked;
