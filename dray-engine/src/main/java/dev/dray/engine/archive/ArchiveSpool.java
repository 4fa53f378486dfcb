package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.ArchiveBytes;
import dev.dray.layer.Compression;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.gzip.GzipListener;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.gzip.GzipReader;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;

/// Keeps an archive that can be read only once, or that is compressed as a whole, in a file without a name: it goes
/// when it is closed or the process ends, however that happens.
final class ArchiveSpool {
    private static final int BUFFER = 1 << 18;
    static final int LONGEST_MAGIC = 6;
    private static final long BETWEEN_LOOKS = 64L << 20;
    private static final long LEFT_FREE = 64L << 20;

    private ArchiveSpool() {}

    /// How the bytes are packed, by their first ones.
    enum Packing {
        PLAIN(""),
        GZIP(""),
        ZSTD(""),
        XZ("fd377a585a00"),
        BZIP2("425a68");

        private final String magic;

        /// @param magic the first bytes, in hex, of those that [Compression] does not know
        Packing(String magic) {
            this.magic = magic;
        }

        static Packing of(byte[] start) {
            return switch (Compression.of(start)) {
                case GZIP -> GZIP;
                case ZSTD -> ZSTD;
                case NONE -> other(HexFormat.of().formatHex(start));
            };
        }

        private static Packing other(String hex) {
            return Stream.of(XZ, BZIP2)
                    .filter(packing -> hex.startsWith(packing.magic))
                    .findFirst()
                    .orElse(PLAIN);
        }
    }

    /// Reads `in` to its end, unpacking gzip; it stays open.
    ///
    /// @param name of the archive, for messages
    /// @param folder whose disk takes the bytes
    /// @throws DrayException of kind UNSUPPORTED when it is packed otherwise, CORRUPT when the gzip is damaged,
    ///     TOO_LARGE beyond the limits, OUT_OF_SPACE when the disk is nearly full
    static ArchiveBytes spool(InputStream in, String name, Path folder) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(LONGEST_MAGIC);
        byte[] start = buffered.readNBytes(LONGEST_MAGIC);
        buffered.reset();
        Path file = folder.resolve("archive-" + UUID.randomUUID());
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try {
            OutputStream spooled = new SpoolStream(channel, folder);
            switch (Packing.of(start)) {
                case PLAIN -> buffered.transferTo(spooled);
                case GZIP -> unpack(buffered, spooled, name);
                case ZSTD -> throw packed(name, "zstd", "zstd -dc");
                case XZ -> throw packed(name, "xz", "xz -dc");
                case BZIP2 -> throw packed(name, "bzip2", "bzip2 -dc");
            }
            return new ArchiveBytes(name, channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void unpack(InputStream in, OutputStream spooled, String name) throws IOException {
        boolean sound = new GzipReader(GzipListener.NONE, InflateLimits.standard())
                .read(in, spooled).members().stream().allMatch(GzipMember::trailerHolds);
        if (!sound) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "corrupt archive \"%s\": its gzip checksum is not that of its content".formatted(name));
        }
    }

    private static DrayException packed(String name, String with, String command) {
        return new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "the archive \"%s\" is packed with %s: plain and gzip ones are read".formatted(name, with))
                .advising("unpack it on the way: %s ARCHIVE | dray load".formatted(command));
    }

    /// Writes into the file, and looks now and then whether the disk holds more.
    private static final class SpoolStream extends BulkOutputStream {
        private final FileChannel channel;
        private final Path folder;
        private long written;
        private long nextLook;

        SpoolStream(FileChannel channel, Path folder) {
            this.channel = channel;
            this.folder = folder;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (written >= nextLook) {
                nextLook = written + BETWEEN_LOOKS;
                requireSpace();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                var _ = channel.write(buffer);
            }
            written += length;
        }

        private void requireSpace() throws IOException {
            if (Files.getFileStore(folder).getUsableSpace() < LEFT_FREE + BETWEEN_LOOKS) {
                throw new DrayException(
                                DrayException.Kind.OUT_OF_SPACE,
                                "the disk of \"%s\" is nearly full after %s of an archive that must be spooled there to be read"
                                        .formatted(folder, ByteSize.ofBytes(written)))
                        .advising("name an uncompressed file with -i: it is read where it is");
            }
        }
    }
}
