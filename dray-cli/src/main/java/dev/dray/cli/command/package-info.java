/// What subcommands share: the context they run in, exit codes, and options that several of them take. No subcommand
/// lives here.
@NullMarked
package dev.dray.cli.command;

import org.jspecify.annotations.NullMarked;
