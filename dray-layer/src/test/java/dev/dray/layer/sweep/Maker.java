package dev.dray.layer.sweep;

import java.io.IOException;

/// A real tool at one level, which compresses plain bytes to a gzip file.
interface Maker {
    /// The tool, its version where several are compared, and the level.
    String name();

    byte[] gzip(byte[] plain) throws IOException, InterruptedException;
}
