package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/// The documents of a foreign store, read with limits. Thread safe.
///
/// @param root the store's folder
record StoreFiles(Path root) {
    private static final int LARGEST = 64 << 20;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 32, 8_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// @throws DrayException of kind NOT_FOUND when there is no such folder, DENIED when it cannot be looked at
    static StoreFiles open(Path root) throws IOException {
        try {
            Path real = root.toRealPath();
            if (Files.isDirectory(real)) {
                return new StoreFiles(real);
            }
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(root, refused);
        } catch (NoSuchFileException absent) {
            // said below
        }
        throw new DrayException(DrayException.Kind.NOT_FOUND, "no such folder: \"%s\"".formatted(root));
    }

    Path resolve(String... names) {
        Path path = root;
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    /// Opens a file of a store; the caller closes.
    ///
    /// @throws DrayException of kind INVALID when it is a link or a special file
    static InputStream read(Path file) throws IOException {
        requirePlain(file);
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requirePlain(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "\"%s\" is a link or a special file: it is not opened".formatted(file));
        }
    }

    /// A whole document, empty when it is not there.
    Optional<RawBytes> find(Path file) throws IOException {
        try (InputStream in = read(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE, "\"%s\" is larger than %d bytes".formatted(file, LARGEST));
            }
            return Optional.of(RawBytes.copyOf(bytes));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(file, refused);
        }
    }

    /// A JSON document, empty when it is not there.
    Optional<JsonValue> json(Path file) throws IOException {
        Optional<RawBytes> raw = find(file);
        return raw.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.parse(raw.get().toByteArray(), LIMITS, "\"" + file + "\""));
    }

    /// A file with one digest in it, empty when it is not there.
    Optional<Digest> digest(Path file) throws IOException {
        return find(file).map(raw -> Digest.parse(raw.toString().strip()));
    }

    /// Holds the owner's lock while documents are read that belong together.
    ///
    /// The lock is a shared one on a file opened for reading: nothing is written, and other readers are not kept
    /// waiting. Where there is no such file, there is nobody to wait for.
    Locked lock(Path file) throws IOException {
        FileChannel channel;
        try {
            requirePlain(file);
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException absent) {
            return () -> {};
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(file, refused);
        }
        try {
            await(channel, file);
            return channel::close;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void await(FileChannel channel, Path file) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!taken(channel)) {
            if (System.nanoTime() > end) {
                throw new DrayException(
                                DrayException.Kind.UNAVAILABLE,
                                "another program has held the lock \"%s\" for %d seconds"
                                        .formatted(file, PATIENCE.toSeconds()))
                        .advising("try again when it is done");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DrayException(DrayException.Kind.CANCELLED, "interrupted while waiting for a lock", e);
            }
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /// A lock that is held until it is closed.
    @FunctionalInterface
    interface Locked extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
