package dev.dray.benchmark;

import java.io.IOException;
import java.nio.file.Path;

/// What folders take on disk.
final class DiskUse {
    private DiskUse() {}

    /// Allocated bytes of a folder, each file once, in MB.
    static double megabytes(Path folder) throws IOException, InterruptedException {
        String answer = Commands.answer("du", "--summarize", "--block-size=1", folder.toString());
        return Long.parseLong(answer.substring(0, answer.indexOf('\t'))) / 1e6;
    }
}
