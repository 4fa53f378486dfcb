package dev.dray.cli.output;

/// How a command prints its result.
public enum Format {
    /// For people.
    table,
    /// For programs: one JSON object, or one a line.
    json
}
