package dev.dray.acceptance.exact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of a store, measured by `find` and `du`.
final class StoreFiles {
    private StoreFiles() {}

    /// The files of blobs.
    static List<Path> blobs(Path store) throws IOException {
        return files(store.resolve("blobs"));
    }

    /// Bytes of all packs.
    static long packed(Path store) throws IOException {
        long bytes = 0;
        for (Path pack : files(store.resolve("packs"))) {
            bytes += Files.size(pack);
        }
        return bytes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// The largest pack.
    static Path largestPack(Path store) throws IOException {
        Path largest = files(store.resolve("packs")).getFirst();
        for (Path pack : files(store.resolve("packs"))) {
            largest = Files.size(pack) > Files.size(largest) ? pack : largest;
        }
        return largest;
    }
}
