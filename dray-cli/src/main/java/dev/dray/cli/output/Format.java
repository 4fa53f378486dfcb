package dev.dray.cli.output;

/// The output format of a command.
public enum Format {
    /// For users.
    table,
    /// For programs: one JSON object, or one per line.
    json
}
