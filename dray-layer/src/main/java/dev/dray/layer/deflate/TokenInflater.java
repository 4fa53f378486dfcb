package dev.dray.layer.deflate;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Inflates one raw deflate stream (RFC 1951), and reports its blocks and tokens beside the plain bytes.
///
/// # Idea
///
/// One inner loop, [#decodeSome], does nearly all of the work: a table look-up for the literal or length, one for the
/// distance, a copy. It refills once for each token, to 56 bits or more, which is more than the longest token takes (15
/// bits of length code, 5 extra, 15 of distance code, 13 extra), so no look-up checks for missing bits. Plain bytes go
/// into a buffer whose first 32 KiB are the window: copies never wrap, and may write up to 8 bytes beyond their length,
/// into slack that the next token overwrites.
///
/// # Invariants
///
/// * `plain[from, at)` has not been written to the sink; `plain[at - WINDOW, at)` is the window, as far as there were
///   bytes.
/// * Before each token `at < FULL`, so that a match of 258 bytes and its slack fit.
/// * Everything that the loop changes is in locals; only where the input's buffer ends do they go through its fields.
/// * A missing byte of input reads as zero and turns `held` negative: whether the stream ended within a token or is
///   corrupt is decided afterwards, not in the loop.
///
/// Accepts exactly the streams that zlib accepts. A stream that is corrupt or ends too early is a [DrayException] of
/// kind CORRUPT, one beyond its limits TOO_LARGE; plain bytes before that may have been written to the sink. Uses about
/// 0.5 MiB. Not thread safe; may be used for one stream after the other.
///
/// # Why not otherwise
///
/// [java.util.zip.Inflater] is fast and native, and gives the plain bytes alone: where blocks and tokens lie is lost,
/// and with it the marks of the encoder and the places where one can resume. A second pass for these would decode
/// everything twice. Tokens are reported in batches of an `int` array, since a call for each would be a large part of
/// the work on it.
public final class TokenInflater {
    private static final int WINDOW = 32 << 10;
    private static final int CHUNK = 128 << 10;

    /// The index at which the buffer is written to the sink.
    private static final int FULL = WINDOW + CHUNK;

    private static final int SLACK = DeflateAlphabet.MAX_LENGTH + 8;
    private static final int TOKENS = 16 << 10;

    private final InflateLimits limits;
    private final TokenListener listener;
    private final byte[] plain = new byte[FULL + SLACK];
    private final int[] tokens = new int[TOKENS + 4];
    private final byte[] widths = new byte[320];
    private final HuffmanDecoder codeLengths = HuffmanDecoder.codeLengths();
    private final HuffmanDecoder dynamicLiterals = HuffmanDecoder.literals();
    private final HuffmanDecoder dynamicDistances = HuffmanDecoder.distances();
    private final HuffmanDecoder fixedLiterals = HuffmanDecoder.literals();
    private final HuffmanDecoder fixedDistances = HuffmanDecoder.distances();

    private OutputStream sink = OutputStream.nullOutputStream();
    private long startBit;
    private long startNanos;
    private long flushed;
    private int from;
    private int at;
    private boolean reporting;
    private int pending;

    public TokenInflater(TokenListener listener, InflateLimits limits) {
        this.listener = listener;
        this.limits = limits;
        byte[] fixed = new byte[288];
        for (int symbol = 0; symbol < fixed.length; symbol++) {
            fixed[symbol] = (byte) DeflateAlphabet.fixedLiteralWidth(symbol);
        }
        fixedLiterals.build(fixed, 0, fixed.length, "fixed code");
        Arrays.fill(fixed, 0, 32, (byte) 5);
        fixedDistances.build(fixed, 0, 32, "fixed code");
    }

    /// Inflates the stream that begins at the input's position; afterwards the input stands behind its last
    /// byte.
    ///
    /// @return how many plain bytes there were
    public long inflate(DeflateInput in, OutputStream out) throws IOException {
        sink = out;
        startBit = in.position();
        startNanos = System.nanoTime();
        flushed = 0;
        from = WINDOW;
        at = WINDOW;
        boolean last;
        do {
            last = block(in);
        } while (!last);
        flush(in);
        in.align();
        return flushed;
    }

    private long plainOffset() {
        return flushed + (at - from);
    }

    private boolean block(DeflateInput in) throws IOException {
        long bit = in.position() - startBit;
        int carry = in.carry();
        boolean last = in.take(1) == 1;
        int kind = (int) in.take(2);
        switch (kind) {
            case 0 -> stored(in, bit, carry, last);
            case 1 -> {
                begin(new BlockStart(bit, plainOffset(), BlockKind.FIXED, last, 0, 0, carry));
                decode(in, fixedLiterals, fixedDistances);
            }
            case 2 -> {
                readTables(in);
                int codes = dynamicDistances.codes();
                begin(new BlockStart(bit, plainOffset(), BlockKind.DYNAMIC, last, 0, codes, carry));
                decode(in, dynamicLiterals, dynamicDistances);
            }
            default -> throw HuffmanDecoder.corrupt("block type 3 at bit " + bit);
        }
        if (pending > 0) {
            listener.tokens(tokens, pending);
            pending = 0;
        }
        listener.blockEnded(plainOffset());
        return last;
    }

    private void begin(BlockStart start) {
        reporting = listener.blockStarted(start);
        pending = 0;
    }

    private void stored(DeflateInput in, long bit, int carry, boolean last) throws IOException {
        in.align();
        int length = (int) in.take(16);
        int complement = (int) in.take(16);
        if ((length ^ complement) != 0xffff) {
            throw HuffmanDecoder.corrupt("stored length at bit " + bit);
        }
        begin(new BlockStart(bit, plainOffset(), BlockKind.STORED, last, length, 0, carry));
        reporting = false;
        int left = length;
        while (left > 0) {
            room(in);
            int part = Math.min(left, FULL - at);
            in.read(plain, at, part);
            at += part;
            left -= part;
        }
    }

    private void readTables(DeflateInput in) throws IOException {
        int literals = 257 + (int) in.take(5);
        int distances = 1 + (int) in.take(5);
        int lengths = 4 + (int) in.take(4);
        if (literals > DeflateAlphabet.LITERAL_SYMBOLS || distances > DeflateAlphabet.DISTANCE_SYMBOLS) {
            throw HuffmanDecoder.corrupt("too many codes, %d and %d".formatted(literals, distances));
        }
        Arrays.fill(widths, 0, DeflateAlphabet.CODE_LENGTH_SYMBOLS, (byte) 0);
        for (int i = 0; i < lengths; i++) {
            widths[DeflateAlphabet.codeLengthOrder(i)] = (byte) in.take(3);
        }
        codeLengths.build(widths, 0, DeflateAlphabet.CODE_LENGTH_SYMBOLS, "code of code lengths");
        readWidths(in, literals + distances);
        if (widths[DeflateAlphabet.END_OF_BLOCK] == 0) {
            throw HuffmanDecoder.corrupt("no code for the end of the block");
        }
        dynamicLiterals.build(widths, 0, literals, "literal code");
        dynamicDistances.build(widths, literals, distances, "distance code");
    }

    private void readWidths(DeflateInput in, int size) throws IOException {
        int done = 0;
        while (done < size) {
            in.refill();
            int entry = codeLengths.table[(int) in.bits & 0x7f];
            if (entry == HuffmanDecoder.UNKNOWN) {
                throw HuffmanDecoder.corrupt("code length");
            }
            in.take(entry & 15);
            int symbol = entry >>> 16;
            if (symbol < 16) {
                widths[done++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && done == 0) {
                throw HuffmanDecoder.corrupt("repeat of no code length");
            }
            byte width = symbol == 16 ? widths[done - 1] : 0;
            int times =
                    symbol == 16 ? 3 + (int) in.take(2) : symbol == 17 ? 3 + (int) in.take(3) : 11 + (int) in.take(7);
            if (done + times > size) {
                throw HuffmanDecoder.corrupt("too many code lengths");
            }
            Arrays.fill(widths, done, done + times, width);
            done += times;
        }
    }

    private void decode(DeflateInput in, HuffmanDecoder literals, HuffmanDecoder distances) throws IOException {
        while (!decodeSome(in, literals.table, literals.rootWidth, distances.table, distances.rootWidth)) {
            room(in);
            if (pending > 0) {
                listener.tokens(tokens, pending);
                pending = 0;
            }
        }
    }

    /// Decodes tokens until the block ends (true) or a buffer is full (false). Everything that changes is in
    /// locals; only at the end of the input's buffer do they go through its fields.
    private boolean decodeSome(DeflateInput in, int[] literals, int literalWidth, int[] distances, int distanceWidth)
            throws IOException {
        byte[] target = plain;
        int[] tokenList = tokens;
        int step = reporting ? 1 : 0;
        int reach = (int) Math.min(flushed, WINDOW) - from;
        int out = at;
        int count = pending;
        int next = in.next;
        long bits = in.bits;
        int held = in.count;
        int entry = 0;
        while (out < FULL && count < TOKENS && held >= 0) {
            if (held < 48 && in.limit - next >= 8) {
                bits |= (long) DeflateInput.LONG.get(in.buffer, next) << held;
                next += (63 - held) >>> 3;
                held |= 56;
            } else if (held < 48) {
                in.suspend(next, bits, held);
                in.refill();
                next = in.next;
                bits = in.bits;
                held = in.count;
            }
            entry = entry(literals, literalWidth, bits);
            bits >>>= entry & 15;
            held -= entry & 15;
            int kind = entry & HuffmanDecoder.KIND;
            if (kind == HuffmanDecoder.LITERAL) {
                target[out++] = (byte) (entry >>> 16);
                tokenList[count] = entry >>> 16;
                count += step;
                continue;
            }
            if (kind == HuffmanDecoder.END) {
                break;
            }
            int extra = (entry >>> 4) & 15;
            int length = (entry >>> 16) + ((int) bits & ((1 << extra) - 1));
            bits >>>= extra;
            int second = entry(distances, distanceWidth, bits);
            bits >>>= second & 15;
            int more = (second >>> 4) & 15;
            int distance = (second >>> 16) + ((int) bits & ((1 << more) - 1));
            bits >>>= more;
            held -= extra + (second & 15) + more;
            if ((second & HuffmanDecoder.KIND) == HuffmanDecoder.END || distance > out + reach) {
                throw wrong(in, held, "distance");
            }
            tokenList[count] = length << 16 | distance;
            count += step;
            copy(target, out, length, distance);
            out += length;
        }
        if (held < 0 || entry == HuffmanDecoder.UNKNOWN) {
            throw wrong(in, held, "literal code");
        }
        in.suspend(next, bits, held);
        at = out;
        pending = count;
        return (entry & HuffmanDecoder.KIND) == HuffmanDecoder.END;
    }

    private static int entry(int[] table, int width, long bits) {
        int entry = table[(int) bits & ((1 << width) - 1)];
        if ((entry & HuffmanDecoder.KIND) == HuffmanDecoder.LINK) {
            int index = (int) (bits >>> width) & ((1 << ((entry >>> 4) & 15)) - 1);
            entry = table[(entry >>> 16) + index];
        }
        return entry;
    }

    /// @param held the bits that are left, few or negative when the input ended within the token
    private static DrayException wrong(DeflateInput in, int held, String what) {
        return held < 15 ? in.truncated() : HuffmanDecoder.corrupt(what);
    }

    private static void copy(byte[] target, int out, int length, int distance) {
        int source = out - distance;
        if (distance >= 8) {
            for (int i = 0; i < length; i += 8) {
                DeflateInput.LONG.set(target, out + i, (long) DeflateInput.LONG.get(target, source + i));
            }
        } else {
            for (int i = 0; i < length; i++) {
                target[out + i] = target[source + i];
            }
        }
    }

    /// Flushes the buffer when it has no room for one more token.
    private void room(DeflateInput in) throws IOException {
        if (at >= FULL) {
            flush(in);
            System.arraycopy(plain, at - WINDOW, plain, 0, WINDOW);
            at = WINDOW;
            from = WINDOW;
        }
    }

    private void flush(DeflateInput in) throws IOException {
        limits.check(plainOffset(), (in.position() - startBit) / 8, startNanos);
        sink.write(plain, from, at - from);
        flushed += at - from;
        from = at;
    }
}
