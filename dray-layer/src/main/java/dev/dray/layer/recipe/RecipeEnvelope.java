package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The envelope of all stored recipes.
///
/// ```
/// "GZR" version kind body check      kind: 1 gzip, 3 plain; kept free: 0 verbatim, 2 zstd
///                                    check: first 8 bytes of the SHA-256 of all before
/// ```
final class RecipeEnvelope {
    static final int GZIP = 1;
    static final int PLAIN = 3;

    private static final byte[] MAGIC = {'G', 'Z', 'R'};
    private static final int VERSION = 1;
    private static final int HEAD_LENGTH = MAGIC.length + 2;
    private static final int CHECK_LENGTH = 8;

    private RecipeEnvelope() {}

    static RawBytes seal(int kind, byte[] body) {
        byte[] all = Arrays.copyOf(MAGIC, HEAD_LENGTH + body.length + CHECK_LENGTH);
        all[MAGIC.length] = VERSION;
        all[MAGIC.length + 1] = (byte) kind;
        System.arraycopy(body, 0, all, HEAD_LENGTH, body.length);
        int end = all.length - CHECK_LENGTH;
        System.arraycopy(check(all, end), 0, all, end, CHECK_LENGTH);
        return RawBytes.copyOf(all);
    }

    /// Which kind of recipe this is, if it is one; nothing else was looked at.
    static int kind(RawBytes stored) {
        return stored.size() < HEAD_LENGTH ? -1 : stored.buffer().get(MAGIC.length + 1) & 0xff;
    }

    /// The body of a recipe of this kind.
    ///
    /// @throws DrayException of kind CORRUPT when the check does not hold, UNSUPPORTED for another version or kind
    static ByteBuffer open(int kind, RawBytes stored) {
        byte[] bytes = stored.toByteArray();
        int end = bytes.length - CHECK_LENGTH;
        if (end < HEAD_LENGTH) {
            throw corrupt("too short");
        }
        if (!Arrays.equals(check(bytes, end), 0, CHECK_LENGTH, bytes, end, bytes.length)) {
            throw corrupt("its check does not hold");
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw corrupt("it is none");
        }
        int version = bytes[MAGIC.length] & 0xff;
        int actual = bytes[MAGIC.length + 1] & 0xff;
        if (version != VERSION || actual != kind) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "compression recipe of version %d, kind %d: use a newer Dray".formatted(version, actual));
        }
        return ByteBuffer.wrap(bytes, HEAD_LENGTH, end - HEAD_LENGTH);
    }

    private static byte[] check(byte[] bytes, int end) {
        return Digest.sha256(Arrays.copyOf(bytes, end)).toByteArray();
    }

    static DrayException corrupt(String why) {
        return new DrayException(DrayException.Kind.CORRUPT, "corrupt compression recipe: " + why);
    }
}
