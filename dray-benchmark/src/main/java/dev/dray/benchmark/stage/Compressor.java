package dev.dray.benchmark.stage;

import java.util.List;

/// A real program that makes layers: compresses its standard input to its standard output, on one core.
///
/// @param name with version and level, for the tables
/// @param divisible whether two workers should rebuild its blobs in half the time
public record Compressor(String name, boolean divisible, List<String> command) {
    public static Compressor of(String name, String... command) {
        return new Compressor(name, false, List.of(command));
    }

    static Compressor divisible(String name, String... command) {
        return new Compressor(name, true, List.of(command));
    }
}
