package dev.dray.layer.prove;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.rebuild.PlainBytes;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.ByteSource;
import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Tries encoders on the beginning of a member and stops at the first byte that differs.
final class EncoderTrial {
    private static final int MOST_BLOCK = 8 << 20;

    /// How much of a longer member is encoded, or a block, unless [#AGREED] ends it before. A wrong encoder
    /// seldom gets beyond its first 64 KiB, and in a new process the right one runs at 5 MB/s.
    private static final int ENOUGH = 256 << 10;

    /// Encoded bytes of a longer member that agree and end the trial.
    private static final int AGREED = 96 << 10;

    private final EncoderCatalog catalog;
    private final byte[] plain;
    private final boolean whole;
    private final byte[] expected;

    /// @param plainBytes read from where the member begins
    /// @param look how many plain bytes to try on
    EncoderTrial(EncoderCatalog catalog, GzipMember member, ByteSource blob, PlainBytes plainBytes, int look)
            throws IOException {
        this.catalog = catalog;
        int size = (int) Math.min(member.plainLength(), look);
        this.whole = size == member.plainLength();
        plainBytes.moveTo(member.plainOffset());
        this.plain = new byte[size];
        plainBytes.readNBytes(plain, 0, size);
        long most = whole ? member.deflateLength() : Math.min(member.deflateLength(), look + (look >> 3));
        try (InputStream in = blob.open(member.deflateOffset())) {
            this.expected = in.readNBytes(Math.toIntExact(most));
        }
    }

    /// Whether the output of this encoder begins as the member does; for a short member, whether it is all of it.
    boolean passes(EncoderId candidate) throws IOException {
        Comparison comparison = new Comparison();
        try {
            switch (catalog.encoding(candidate)) {
                case Encoding.Streamed(var opener) -> stream(opener, comparison);
                case Encoding.Resumable(var opener, var _, var _, var _) -> stream(opener, comparison);
                case Encoding.Blocked blocked -> blocks(blocked, comparison);
            }
        } catch (MismatchException e) {
            return false;
        } catch (AgreedException e) {
            return true;
        }
        return !whole || comparison.compared == expected.length;
    }

    private void stream(Encoding.Opener opener, Comparison comparison) throws IOException {
        try (DeflateEncoder encoder = opener.open(comparison)) {
            encoder.write(plain, 0, whole ? plain.length : Math.min(plain.length, ENOUGH));
            if (whole) {
                encoder.finish();
            } else if (encoder instanceof ResumableEncoder resumable) {
                resumable.drain();
            }
        }
    }

    private void blocks(Encoding.Blocked blocked, Comparison comparison) throws IOException {
        BlockEncoder encoder = blocked.opener().get();
        int size = encoder.blockSize();
        if (size > MOST_BLOCK || (!whole && size > plain.length)) {
            return;
        }
        int enough = Math.min(plain.length, Math.max(ENOUGH, size));
        int at = 0;
        boolean last = false;
        while (!last && (whole || at + size <= enough)) {
            int part = Math.min(size, plain.length - at);
            last = whole && (blocked.emptyLast() ? part < size : at + part == plain.length);
            encoder.encode(plain, Math.max(0, at - encoder.dictionarySize()), at, at + part, last, comparison);
            at += part;
        }
    }

    /// Compares what is written with the member's deflate data.
    private final class Comparison extends BulkOutputStream {
        private int compared;

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int part = Math.min(length, expected.length - compared);
            int different = Arrays.mismatch(bytes, offset, offset + part, expected, compared, compared + part);
            if (different >= 0 || (part < length && whole)) {
                throw new MismatchException(compared + Math.max(0, different));
            }
            compared += part;
            if (!whole && compared >= AGREED) {
                throw new AgreedException();
            }
        }
    }

    /// Stops an encoder after enough right bytes.
    private static final class AgreedException extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
