package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Path;

/// Disk space of folders.
public final class DiskUse {
    private DiskUse() {}

    /// Allocated bytes of a folder, each file once, in MB.
    public static double megabytes(Path folder) throws IOException, InterruptedException {
        String answer = Commands.answer("du", "--summarize", "--block-size=1", folder.toString());
        return Long.parseLong(answer.substring(0, answer.indexOf('\t'))) / 1e6;
    }
}
