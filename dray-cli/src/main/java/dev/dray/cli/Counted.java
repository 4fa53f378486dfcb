package dev.dray.cli;

/// Numbers of things, in words.
final class Counted {
    private Counted() {}

    /// `1 layer`, `2 layers`.
    static String of(long count, String thing) {
        return "%d %s%s".formatted(count, thing, count == 1 ? "" : "s");
    }
}
