package dev.dray.engine.archive.layout;

import java.io.InputStream;

/// A file within a tar.
///
/// @param offset of its first byte in the archive
record TarFile(ArchiveBytes archive, long offset, long size) implements LayoutFile {
    @Override
    public InputStream open(long from) {
        return archive.stream(offset + from, size - from);
    }
}
