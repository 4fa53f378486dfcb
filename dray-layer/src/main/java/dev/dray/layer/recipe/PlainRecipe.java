package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The recipe of a blob that is its plain bytes: nothing is encoded, but pieces are compared before they leave.
///
/// Immutable. [#toBytes] and [#parse] are its stored form, which checks itself:
///
/// ```
/// size(8) sha256 hashes            in the envelope of all recipes; numbers are big-endian
/// ```
///
/// @param digest SHA-256 of the blob
/// @param size of the blob in bytes
/// @param hashes of each MiB of it, and of what is left: the first eight bytes of SHA-256
public record PlainRecipe(Digest digest, long size, RawBytes hashes) implements BlobRecipe {
    private static final int SEGMENT = 1 << 20;

    public PlainRecipe {
        if (size < 0 || hashes.size() != hashLength(size)) {
            throw new IllegalArgumentException("%d bytes of hashes for %d bytes".formatted(hashes.size(), size));
        }
    }

    private static long hashLength(long size) {
        return (size / SEGMENT + (size % SEGMENT == 0 ? 0 : 1)) * Long.BYTES;
    }

    /// The recipe of these bytes, which are read to their end; they stay open.
    public static PlainRecipe of(InputStream plain) throws IOException {
        MessageDigest whole = Digest.Algorithm.SHA256.hasher();
        MessageDigest part = Digest.Algorithm.SHA256.hasher();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        byte[] buffer = new byte[SEGMENT];
        long size = 0;
        for (int read = plain.readNBytes(buffer, 0, SEGMENT); read > 0; read = plain.readNBytes(buffer, 0, SEGMENT)) {
            whole.update(buffer, 0, read);
            part.update(buffer, 0, read);
            hashes.write(part.digest(), 0, Long.BYTES);
            size += read;
        }
        return new PlainRecipe(
                Digest.of(Digest.Algorithm.SHA256, whole.digest()), size, RawBytes.copyOf(hashes.toByteArray()));
    }

    /// The pieces that hold the bytes `[from, to)`.
    public List<Segment> segments(long from, long to) {
        List<Segment> segments = new ArrayList<>();
        ByteBuffer all = hashes.buffer();
        for (long offset = from - from % SEGMENT; offset < to; offset += SEGMENT) {
            long length = Math.min(SEGMENT, size - offset);
            long hash = all.getLong((int) (offset / SEGMENT) * Long.BYTES);
            segments.add(new Segment(offset, length, new Segment.Restart.Continued(), hash));
        }
        return segments;
    }

    @Override
    public long plainSize() {
        return size;
    }

    @Override
    public RawBytes toBytes() {
        return RecipeEnvelope.seal(
                RecipeEnvelope.PLAIN,
                ByteBuffer.allocate(Long.BYTES + Digest.Algorithm.SHA256.bytes() + hashes.size())
                        .putLong(size)
                        .put(digest.toByteArray())
                        .put(hashes.buffer())
                        .array());
    }

    /// Reads the stored form.
    ///
    /// @throws DrayException of kind CORRUPT when a bit is wrong, UNSUPPORTED when it is of a newer version or of
    ///     another kind
    public static PlainRecipe parse(RawBytes stored) {
        ByteBuffer in = RecipeEnvelope.open(RecipeEnvelope.PLAIN, stored);
        byte[] digest = new byte[Digest.Algorithm.SHA256.bytes()];
        if (in.remaining() < Long.BYTES + digest.length) {
            throw RecipeEnvelope.corrupt("broken off");
        }
        long size = in.getLong();
        in.get(digest);
        byte[] hashes = new byte[in.remaining()];
        in.get(hashes);
        if (size < 0 || hashes.length != hashLength(size)) {
            throw RecipeEnvelope.corrupt("hashes for another size");
        }
        return new PlainRecipe(Digest.of(Digest.Algorithm.SHA256, digest), size, RawBytes.copyOf(hashes));
    }
}
