package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import java.io.OutputStream;

/// Creates encoders that write the same bytes as `compress/flate` of Go 1.8 to 1.26.
///
/// The output of Go is the same for all cuts into writes but one: where the window of the levels 2 to 9 is
/// partly filled and a token ends 262 bytes before its end, Go slides it one token early. These encoders slide
/// as Go does when the window is always full, which is what `io.Copy` with whole 512 byte blocks gives.
///
/// Source: behaviour of Go's package, checked against Go 1.19 and 1.26.
public final class GoDeflate {
    /// The level that Go calls `HuffmanOnly`.
    public static final int HUFFMAN_ONLY = -2;

    /// The level that Go calls `DefaultCompression`; the same as 6.
    public static final int DEFAULT = -1;

    /// How many plain bytes before a checkpoint [#resume] needs, at most.
    public static final int DICTIONARY = GoWindow.HALF;

    /// A block at whose beginning fewer plain bytes than this are left is no checkpoint: near the end the
    /// window does not slide any more.
    public static final int CHECKPOINT_MARGIN = GoWindow.SIZE;

    private GoDeflate() {}

    /// An encoder for one stream, giving raw deflate data to `out`.
    ///
    /// @param level from -2 to 9
    public static DeflateEncoder encoder(int level, OutputStream out) {
        return switch (level) {
            case HUFFMAN_ONLY -> new GoPlainEncoder(true, out);
            case 0 -> new GoPlainEncoder(false, out);
            case 1 -> new GoFastEncoder(out);
            case DEFAULT -> new GoChainEncoder(6, out);
            case 2, 3, 4, 5, 6, 7, 8, 9 -> new GoChainEncoder(level, out);
            default -> throw new IllegalArgumentException("level " + level);
        };
    }

    /// Whether streams of this level can be resumed.
    public static boolean resumable(int level) {
        return level == DEFAULT || (level >= 4 && level <= 9);
    }

    /// An encoder that goes on from a checkpoint: any beginning of a block with [#CHECKPOINT_MARGIN] plain
    /// bytes behind it. Its first byte begins with the checkpoint's carry.
    ///
    /// @param before the plain bytes before the checkpoint, all or the last [#DICTIONARY]
    public static ResumableEncoder resume(int level, Checkpoint from, byte[] before, OutputStream out) {
        if (!resumable(level)) {
            throw new IllegalArgumentException("level %d cannot be resumed".formatted(level));
        }
        return GoChainEncoder.resume(level == DEFAULT ? 6 : level, from, before, out);
    }
}
