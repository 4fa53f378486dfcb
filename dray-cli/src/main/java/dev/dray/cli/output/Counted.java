package dev.dray.cli.output;

/// Numbers of things, in words.
public final class Counted {
    private Counted() {}

    /// `1 layer`, `2 layers`.
    public static String of(long count, String thing) {
        return "%d %s%s".formatted(count, thing, count == 1 ? "" : "s");
    }
}
