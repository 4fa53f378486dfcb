/// Output for people and programs: tables, progress, log lines, and the words for what the engine reports.
@NullMarked
package dev.dray.cli.output;

import org.jspecify.annotations.NullMarked;
