package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.io.BulkOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file that appears whole under its name, in place of one that was there, or not at all. Not thread safe.
public final class NewFile implements AutoCloseable {
    private static final int BUFFER = 1 << 18;
    private static final String DRAFT = ".partial";

    private final Path path;
    private final Path draft;
    private final FileChannel channel;
    private final OutputStream stream;
    private boolean finished;

    private NewFile(Path path, Path draft, FileChannel channel) {
        this.path = path;
        this.draft = draft;
        this.channel = channel;
        this.stream = new BufferedOutputStream(new Named(Channels.newOutputStream(channel), path), BUFFER);
    }

    public static NewFile create(Path path) throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + DRAFT);
        return new NewFile(
                path, draft, FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /// Whether a file has not got its name yet. Whoever is killed leaves it so.
    static boolean isDraft(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(".") && name.endsWith(DRAFT);
    }

    /// Where the bytes are written.
    public OutputStream stream() {
        return stream;
    }

    /// Forces the file to the disk and gives it its name.
    public void finish() throws IOException {
        stream.flush();
        force(channel);
        channel.close();
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            force(folder);
        }
    }

    private void force(FileChannel written) throws IOException {
        try {
            written.force(true);
        } catch (IOException e) {
            throw named(path, e);
        }
    }

    /// Failures of open channels do not say of which file they are.
    private static IOException named(Path path, IOException e) {
        FileSystemException named = new FileSystemException(path.toString(), null, String.valueOf(e.getMessage()));
        named.initCause(e);
        return named;
    }

    /// Writes to a file, by whose name failures go.
    private static final class Named extends BulkOutputStream {
        private final OutputStream out;
        private final Path path;

        Named(OutputStream out, Path path) {
            this.out = out;
            this.path = path;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw named(path, e);
            }
        }
    }

    /// Copies as many bytes as the descriptor says.
    ///
    /// @throws DrayException of kind CORRUPT when there are fewer
    static void copy(InputStream in, OutputStream out, Descriptor descriptor) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, descriptor.size()))];
        long left = descriptor.size();
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new DrayException(
                                DrayException.Kind.CORRUPT,
                                "the bytes of blob %s end after %d of %d"
                                        .formatted(descriptor.digest(), descriptor.size() - left, descriptor.size()))
                        .about(descriptor.digest());
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            channel.close();
            Files.deleteIfExists(draft);
        }
    }
}
