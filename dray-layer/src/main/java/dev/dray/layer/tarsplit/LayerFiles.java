package dev.dray.layer.tarsplit;

import java.io.Closeable;
import java.io.IOException;

/// Opens the files of one unpacked layer for one reader at a time: what is opened to find them is shared by one
/// reading, and closed with it.
@FunctionalInterface
public interface LayerFiles {
    /// The files for one reading; the reader closes.
    Reading read() throws IOException;

    /// The files of one reading. Not thread safe.
    interface Reading extends NamedFiles, Closeable {
        @Override
        void close() throws IOException;
    }
}
