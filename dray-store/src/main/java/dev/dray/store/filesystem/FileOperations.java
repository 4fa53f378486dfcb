package dev.dray.store.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// Every operation of the store on files, the database's own apart: the seam at which a test loses, tears, reorders
/// or skips what a disk may lose, tear or reorder.
///
/// Thread safe. Failures are [IOException]s; a full disk is a [OutOfSpaceException].
public interface FileOperations {
    /// Opens a file for appending, and makes it when it is absent.
    WritableFile open(Path file) throws IOException;

    /// Opens a file for reading from `offset` on.
    ///
    /// @throws java.nio.file.NoSuchFileException when it is absent
    InputStream read(Path file, long offset) throws IOException;

    /// Renames within the file system, in place of what has the name. Durable once the directory is forced.
    void rename(Path from, Path to) throws IOException;

    /// @return false when it was absent
    boolean delete(Path file) throws IOException;

    /// Length in bytes; empty when the file is absent.
    OptionalLong length(Path file) throws IOException;

    Folders folders();

    /// Operations on directories.
    interface Folders {
        /// Makes a directory, and its parents; only the owner can enter it afterwards, also when it was there
        /// before.
        void create(Path folder) throws IOException;

        /// Makes the entries of a directory durable.
        void force(Path folder) throws IOException;

        /// The entries, in no order.
        List<Path> list(Path folder) throws IOException;

        /// Bytes that may still be written where `folder` lies.
        long usableSpace(Path folder) throws IOException;

        /// The type of the file system, as the host names it: `ext4`, `nfs4`.
        String fileSystemType(Path folder) throws IOException;
    }

    /// A file that is being written at its end. Not thread safe.
    interface WritableFile extends AutoCloseable {
        /// Length in bytes, what was written included.
        long length() throws IOException;

        /// Appends all that remains in `slab`.
        void write(ByteBuffer slab) throws IOException;

        /// Cuts the file's end off, and goes on writing there. Durable with [#force].
        ///
        /// @param length in bytes, at most what the file has
        void truncate(long length) throws IOException;

        /// Makes the bytes and the length durable.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// The disk or a quota is full.
    final class OutOfSpaceException extends IOException {
        private static final long serialVersionUID = 1L;

        public OutOfSpaceException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
