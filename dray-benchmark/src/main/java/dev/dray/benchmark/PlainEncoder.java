package dev.dray.benchmark;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.encoders.Encoding;
import java.io.IOException;
import java.io.OutputStream;

/// Runs an encoder from the beginning to the end of a stream, on the calling thread.
final class PlainEncoder {
    private static final int CHUNK = 64 << 10;

    private PlainEncoder() {}

    static void encode(Encoding encoding, byte[] plain, int length, OutputStream sink) throws IOException {
        switch (encoding) {
            case Encoding.Streamed(var opener) -> stream(opener, plain, length, sink);
            case Encoding.Resumable(var opener, var _, var _, var _) -> stream(opener, plain, length, sink);
            case Encoding.Blocked blocked -> blocks(blocked, plain, length, sink);
        }
    }

    private static void stream(Encoding.Opener opener, byte[] plain, int length, OutputStream sink) throws IOException {
        try (DeflateEncoder encoder = opener.open(sink)) {
            for (int at = 0; at < length; at += CHUNK) {
                encoder.write(plain, at, Math.min(CHUNK, length - at));
            }
            encoder.finish();
        }
    }

    private static void blocks(Encoding.Blocked blocked, byte[] plain, int length, OutputStream sink)
            throws IOException {
        BlockEncoder encoder = blocked.opener().get();
        int size = encoder.blockSize();
        int at = 0;
        boolean last = false;
        while (!last) {
            int part = Math.min(size, length - at);
            last = blocked.emptyLast() ? part < size : at + part == length;
            encoder.encode(plain, Math.max(0, at - encoder.dictionarySize()), at, at + part, last, sink);
            at += part;
        }
    }
}
