package dev.dray.registry.access;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parsed content of a settings file, kept current while the file changes.
///
/// [#refresh] checks the file at most once a second. If the new content cannot be read or does not parse, the previous
/// content stays in force, and the error is reported once. Thread safe; [#get] does no I/O.
final class WatchedFile<T> implements Supplier<T> {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    /// A file modified more recently than this may change again without a visible change of its attributes.
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /// The file attributes by which a change is noticed without reading the content.
    private record Stamp(
            FileTime modified, long size, @Nullable Object fileKey) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }

        boolean isSettled() {
            return modified.toInstant().isBefore(Instant.now().minus(SETTLED));
        }
    }

    private final Path path;
    private final Function<String, T> parser;
    private final AccessListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile T value;
    private volatile long lookedAt;
    private @Nullable Stamp settled;
    private byte[] content;
    private @Nullable String unreadable;

    /// Reads the file for the first time.
    ///
    /// @throws DrayException of kind INVALID when it does not parse, NOT_FOUND when it is absent
    WatchedFile(Path path, Function<String, T> parser, AccessListener listener) {
        this.path = path;
        this.parser = parser;
        this.listener = listener;
        try {
            this.content = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "there is no file " + path, e);
        } catch (IOException e) {
            throw new DrayException(DrayException.Kind.INVALID, "cannot read %s: %s".formatted(path, e), e);
        }
        this.value = parse(content);
        this.lookedAt = System.nanoTime();
    }

    @Override
    public T get() {
        return value;
    }

    /// Reloads the file when it changed, unless it was checked less than a second ago.
    void refresh() {
        if (System.nanoTime() - lookedAt >= PAUSE && lock.tryLock()) {
            try {
                look();
                lookedAt = System.nanoTime();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Reloads the file when it changed.
    void look() {
        lock.lock();
        try {
            Stamp stamp = Stamp.of(path);
            if (stamp.equals(settled)) {
                return;
            }
            byte[] read = Files.readAllBytes(path);
            settled = stamp.isSettled() ? stamp : null;
            unreadable = null;
            if (!Arrays.equals(read, content)) {
                content = read;
                value = parse(read);
                listener.reloaded(path);
            }
        } catch (IOException e) {
            refuseUnreadable(e);
        } catch (DrayException e) {
            listener.refused(path, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void refuseUnreadable(IOException why) {
        settled = null;
        if (!Objects.equals(unreadable, why.toString())) {
            unreadable = why.toString();
            listener.refused(path, "cannot read %s: %s".formatted(path, why));
        }
    }

    private T parse(byte[] bytes) {
        try {
            return parser.apply(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new DrayException(DrayException.Kind.INVALID, path + ": it is not UTF-8", e);
        } catch (DrayException e) {
            throw new DrayException(e.kind(), path + ": " + e.getMessage(), e);
        }
    }
}
