package dev.dray.cli;

/// How a command prints its result.
enum Format {
    /// For people.
    table,
    /// For programs: one JSON object, or one a line.
    json
}
