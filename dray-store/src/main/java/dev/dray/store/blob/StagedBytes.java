package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.WritableFile;
import dev.dray.store.filesystem.QuietDelete;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Bytes that come in at the end, in memory while they are few and then in a file, with their running digest. Not
/// thread safe.
///
/// A failed write leaves file and digest at odds: [#isBroken] is true from then on, and only [#discard] or reading
/// the file again ([#reopen]) makes sense.
public final class StagedBytes {
    private static final int SLAB = 1 << 20;

    private final FileOperations files;
    private final Path path;
    private final Digest.Algorithm algorithm;
    private final MessageDigest hasher;
    /// The whole content, as long as it is short; null when it is known from the file alone.
    private @Nullable ByteBuffer memory = ByteBuffer.allocate(0);
    private @Nullable WritableFile file;
    private long size;
    private long stored;
    private boolean onDisk;
    private boolean broken;

    /// Bytes none of which have come yet; there is no file yet.
    public StagedBytes(FileOperations files, Path path, Digest.Algorithm algorithm) {
        this.files = files;
        this.path = path;
        this.algorithm = algorithm;
        this.hasher = algorithm.hasher();
    }

    /// Goes on where the file ends. It is read once, for the digest; absent, it is empty.
    public static StagedBytes reopen(FileOperations files, Path path, Digest.Algorithm algorithm) throws IOException {
        StagedBytes bytes = new StagedBytes(files, path, algorithm);
        OptionalLong length = files.length(path);
        bytes.onDisk = length.isPresent();
        if (length.orElse(0) > 0) {
            bytes.memory = null;
            bytes.size = hash(files, path, bytes.hasher);
            bytes.stored = bytes.size;
        }
        return bytes;
    }

    public long size() {
        return size;
    }

    public boolean isBroken() {
        return broken;
    }

    public void write(ByteBuffer slab) throws IOException {
        ByteBuffer hashed = slab.duplicate();
        int length = slab.remaining();
        broken = true;
        ByteBuffer kept = memory;
        if (kept != null && size + length <= BlobLocation.LARGEST_INLINE) {
            memory = append(kept, slab);
        } else {
            store();
            memory = null;
            opened().write(slab);
            stored += length;
        }
        hasher.update(hashed);
        size += length;
        broken = false;
    }

    private static ByteBuffer append(ByteBuffer kept, ByteBuffer slab) {
        ByteBuffer joined = ByteBuffer.allocate(kept.remaining() + slab.remaining());
        return joined.put(kept.duplicate()).put(slab).flip();
    }

    /// Writes to the file what is in memory alone, so that another process can go on from it. Nothing is forced.
    public void store() throws IOException {
        ByteBuffer kept = memory;
        if (kept != null && stored < size) {
            ByteBuffer rest = kept.duplicate();
            rest.position((int) stored);
            opened().write(rest);
            stored = size;
        }
    }

    /// Keeps nothing in memory that the file has.
    public void forget() {
        if (size > 0 && stored == size) {
            memory = null;
        }
    }

    private WritableFile opened() throws IOException {
        WritableFile open = file;
        if (open == null) {
            onDisk = true;
            open = files.open(path);
            file = open;
        }
        return open;
    }

    /// The digest of what has come so far.
    public Digest digest(Digest.Algorithm wanted) throws IOException {
        if (wanted == algorithm) {
            try {
                return Digest.of(algorithm, ((MessageDigest) hasher.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the hash functions of the JDK can be cloned", e);
            }
        }
        MessageDigest other = wanted.hasher();
        ByteBuffer kept = memory;
        if (kept != null) {
            other.update(kept.duplicate());
        } else {
            hash(files, path, other);
        }
        return Digest.of(wanted, other.digest());
    }

    private static long hash(FileOperations files, Path path, MessageDigest hasher) throws IOException {
        byte[] slab = new byte[SLAB];
        long total = 0;
        try (InputStream stream = files.read(path, 0)) {
            for (int read = stream.read(slab); read >= 0; read = stream.read(slab)) {
                hasher.update(slab, 0, read);
                total += read;
            }
        }
        return total;
    }

    /// The bytes, when they are few enough to live in the database.
    Optional<RawBytes> small() throws IOException {
        ByteBuffer kept = memory;
        if (kept != null) {
            byte[] copy = new byte[kept.remaining()];
            kept.duplicate().get(copy);
            return Optional.of(RawBytes.copyOf(copy));
        }
        if (size > BlobLocation.LARGEST_INLINE) {
            return Optional.empty();
        }
        try (InputStream stream = files.read(path, 0)) {
            return Optional.of(RawBytes.copyOf(stream.readAllBytes()));
        }
    }

    /// Makes the file's bytes durable and gives it another name, which is not durable yet.
    void moveTo(Path target) throws IOException {
        WritableFile open = opened();
        open.force();
        closeFile();
        files.rename(path, target);
        onDisk = false;
    }

    /// Lets go of the file, which stays; writing opens it again.
    public void closeFile() throws IOException {
        WritableFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /// Removes the file, if there is one.
    void discard() throws IOException {
        broken = true;
        try {
            closeFile();
        } finally {
            if (onDisk) {
                files.delete(path);
            }
        }
    }

    /// Like [#discard], but a failure is only logged: the next start of the store removes the file.
    public void discardQuietly() {
        QuietDelete.quietly("a staged file", this::discard);
    }
}
