/// Subcommands about images: pull, push, tag, copy, load, save, import, list, inspect, verify, remove, and logins.
@NullMarked
package dev.dray.cli.image;

import org.jspecify.annotations.NullMarked;
