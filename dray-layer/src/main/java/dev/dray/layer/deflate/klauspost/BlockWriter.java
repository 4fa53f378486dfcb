package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.BitWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Decides how each chunk of tokens is sent, and sends it: stored, in the fixed codes, in new codes, or in those of the
/// block before, which then goes on.
///
/// A block that may go on is left open: its end is owed, and is sent before the next header, a flush or the end of the
/// stream. Whether new codes pay is decided by an estimate ([Entropy]) that is raised by a share of itself, the
/// `penalty`. Not thread safe.
final class BlockWriter {
    private static final byte[] NOTHING = {};
    /// With more bits than that another code might not fit into one call of the bit writer.
    private static final int PENDING = 48 - PrefixCode.LONGEST;

    private static final int UNREACHABLE = Integer.MAX_VALUE;
    private static final int GUESSED_HEADER = 70 * 8;
    private static final int STORED_HEADER = 5;
    private static final int LONGEST_STORED = 65535;
    private static final int SPREAD_CHECK_FROM = 1024;
    private static final int LITERALS_AND_END = 257;
    private static final int[] ONE_DISTANCE = {PrefixCode.pack(0, 1)};

    private final EraRules rules;
    private final int penalty;
    private final OutputStream sink;

    private final int[] literalCounts = new int[Tokens.LITERAL_SYMBOLS];
    private final int[] distanceCounts = new int[Tokens.DISTANCE_SYMBOLS];
    private final PrefixCode distanceCode = new PrefixCode(Tokens.DISTANCE_SYMBOLS);
    private final CodeHeader header = new CodeHeader();
    private PrefixCode literalCode = new PrefixCode(Tokens.LITERAL_SYMBOLS);
    private PrefixCode spareCode = new PrefixCode(Tokens.LITERAL_SYMBOLS);

    private BitWriter out;
    /// The size of the header of the open block in bits; 0 when none is open.
    private int openHeader;
    /// Whether the last codes are for literals only.
    private boolean literalsOnly;

    private int describedLiterals;
    private int describedDistances;

    /// @param penalty binary logarithm of the share of an estimate that is added to it
    BlockWriter(EraRules rules, int penalty, OutputStream sink) {
        this.rules = rules;
        this.penalty = penalty;
        this.sink = sink;
        this.out = new BitWriter(sink);
    }

    /// Forgets the open block, as at the start of a stream; what was written is padded already.
    void reset() {
        openHeader = 0;
        literalsOnly = false;
    }

    /// Starts anew after the sink has failed: drops what was not given to it.
    void abandon() {
        out = new BitWriter(sink);
        reset();
    }

    private void endOpenBlock() throws IOException {
        if (openHeader > 0) {
            int code = literalCode.packed()[Tokens.END_OF_BLOCK];
            out.put(PrefixCode.bits(code), PrefixCode.width(code));
            openHeader = 0;
        }
    }

    /// Sends bytes as they are, in one stored block.
    void stored(byte[] plain, int from, int to) throws IOException {
        endOpenBlock();
        int length = to - from;
        out.put(0, 3);
        out.align();
        out.put(length | ((~length & 0xffffL) << 16), 32);
        out.put(plain, from, length);
    }

    /// Ends what is open with an empty stored block, so that all sent so far can be decoded.
    void flush() throws IOException {
        stored(NOTHING, 0, 0);
        out.drain();
    }

    /// Ends the stream with an empty last block in the fixed codes.
    void finish() throws IOException {
        endOpenBlock();
        out.put(3, 3 + 7);
        out.align();
        out.drain();
        reset();
    }

    /// Sends tokens in the codes that fit best.
    ///
    /// @param from start of the plain bytes; after `to` when they are not at hand, so that nothing can be stored
    /// @param sync whether the block ends here and must not be left open
    void tokens(Tokens tokens, byte[] plain, int from, int to, boolean sync) throws IOException {
        if (sync) {
            tokens.endOfBlock();
        }
        if (openHeader > 0 && literalsOnly) {
            endOpenBlock();
            literalsOnly = false;
        }
        if (openHeader > 0 && !rules.fillsCodes() && !reusable(tokens)) {
            endOpenBlock();
        }
        if (rules.fillsCodes()) {
            filledTokens(tokens, plain, from, to, sync);
            return;
        }
        count(tokens, sync);
        int storedSize = from <= to && to - from <= LONGEST_STORED ? (to - from + STORED_HEADER) * 8 : UNREACHABLE;
        int extra = storedSize != UNREACHABLE || openHeader > 0 ? extraBits() : 0;
        if (openHeader > 0) {
            int counted = sync && !rules.estimateCountsEndOfBlock() ? tokens.count - 1 : tokens.count;
            int size = sizeOfBest(Entropy.estimate(tokens, counted), literalCode.length(Tokens.END_OF_BLOCK), extra);
            if (storedSize <= size) {
                stored(plain, from, to);
                return;
            }
            if (tokens.count < rules.fixedCodeLimit() && fixedSize(extra) + 7 < size) {
                fixed(tokens, sync);
                return;
            }
        }
        if (openHeader == 0 && !startCodes(tokens, plain, from, to, sync, storedSize, extra)) {
            return;
        }
        if (sync) {
            openHeader = 0;
        }
        send(tokens, literalCode.packed(), distanceCode.packed());
    }

    private boolean reusable(Tokens tokens) {
        return distanceCode.covers(tokens.distanceCounts, Tokens.DISTANCE_SYMBOLS)
                && literalCode.covers(tokens.literalCounts, Tokens.LITERAL_SYMBOLS);
    }

    private void count(Tokens tokens, boolean sync) {
        System.arraycopy(tokens.literalCounts, 0, literalCounts, 0, literalCounts.length);
        System.arraycopy(tokens.distanceCounts, 0, distanceCounts, 0, distanceCounts.length);
        if (rules.alphabets() == EraRules.Alphabets.FULL && !sync) {
            describedLiterals = Tokens.LITERAL_SYMBOLS;
            describedDistances = Tokens.DISTANCE_SYMBOLS;
            return;
        }
        if (rules.alphabets() == EraRules.Alphabets.TRIMMED_WITH_END) {
            literalCounts[Tokens.END_OF_BLOCK] = 1;
        }
        describedLiterals = trimmed(literalCounts);
        describedDistances = trimmed(distanceCounts);
        if (describedDistances == 0) {
            distanceCounts[0] = 1;
            describedDistances = 1;
        }
    }

    private static int trimmed(int[] counts) {
        int symbols = counts.length;
        while (symbols > 0 && counts[symbols - 1] == 0) {
            symbols--;
        }
        return symbols;
    }

    private int extraBits() {
        int total = 0;
        for (int symbol = LITERALS_AND_END; symbol < literalCounts.length; symbol++) {
            total += literalCounts[symbol] * Symbols.lengthExtra(symbol - LITERALS_AND_END);
        }
        for (int symbol = 0; symbol < distanceCounts.length; symbol++) {
            total += distanceCounts[symbol] * Symbols.distanceExtra(symbol);
        }
        return total;
    }

    /// Ends the open block when new codes promise less, and tells the size of the better.
    private int sizeOfBest(int estimate, int end, int extra) throws IOException {
        int fresh = openHeader + estimate;
        fresh += end + (fresh >> penalty);
        int reused = literalCode.cost(literalCounts) + distanceCode.cost(distanceCounts) + extra;
        if (fresh < reused) {
            endOpenBlock();
            return fresh;
        }
        return reused;
    }

    /// As [#tokens], with codes for all symbols, so that any later chunk can go on with them.
    private void filledTokens(Tokens tokens, byte[] plain, int from, int to, boolean sync) throws IOException {
        int counted = sync ? tokens.count - 1 : tokens.count + tokens.fill();
        count(tokens, sync);
        int storedSize = (to - from + STORED_HEADER) * 8;
        int extra = extraBits();
        if (openHeader > 0) {
            int size = sizeOfBest(Entropy.estimate(tokens, counted), 0, extra);
            if (storedSize < size + (size >> 4)) {
                stored(plain, from, to);
                return;
            }
        }
        if (openHeader == 0) {
            int size = buildCodes(extra);
            if (storedSize < size + (size >> 4)) {
                stored(plain, from, to);
                return;
            }
            header.write(out);
            openHeader = header.size();
            literalsOnly = false;
        }
        if (sync) {
            openHeader = 0;
        }
        send(tokens, literalCode.packed(), distanceCode.packed());
    }

    /// Builds codes for the counted symbols, and returns the size of the block.
    private int buildCodes(int extra) {
        literalCode.build(literalCounts, Tokens.LITERAL_SYMBOLS, PrefixCode.LONGEST);
        distanceCode.build(distanceCounts, Tokens.DISTANCE_SYMBOLS, PrefixCode.LONGEST);
        header.describe(literalCode.packed(), describedLiterals, distanceCode.packed(), describedDistances);
        return header.size() + literalCode.cost(literalCounts) + distanceCode.cost(distanceCounts) + extra;
    }

    private int fixedSize(int extra) {
        return 3 + FixedCodes.cost(literalCounts, distanceCounts) + extra;
    }

    /// Builds codes and sends their header; false when the chunk was sent without.
    private boolean startCodes(Tokens tokens, byte[] plain, int from, int to, boolean sync, int storedSize, int extra)
            throws IOException {
        literalCounts[Tokens.END_OF_BLOCK] = 1;
        int size = buildCodes(extra);
        boolean fixed = false;
        if (tokens.count < rules.fixedCodeLimit()) {
            int fixedSize = fixedSize(extra);
            fixed = fixedSize <= size;
            size = Math.min(size, fixedSize);
        }
        if (storedSize <= size) {
            stored(plain, from, to);
            return false;
        }
        if (fixed) {
            fixed(tokens, sync);
            return false;
        }
        header.write(out);
        if (!sync) {
            openHeader = header.size();
        }
        literalsOnly = false;
        return true;
    }

    private void fixed(Tokens tokens, boolean sync) throws IOException {
        endOpenBlock();
        out.put(2, 3);
        if (!sync) {
            tokens.endOfBlock();
        }
        send(tokens, FixedCodes.LITERALS, FixedCodes.DISTANCES);
    }

    /// Sends bytes as literals alone, or stored when that saves too little.
    void literals(byte[] plain, int from, int to, boolean sync) throws IOException {
        Arrays.fill(literalCounts, 0);
        for (int index = from; index < to; index++) {
            literalCounts[plain[index] & 0xff]++;
        }
        int length = to - from;
        if (rules.spreadCheck() && length > SPREAD_CHECK_FROM && evenlySpread(length)) {
            stored(plain, from, to);
            return;
        }
        literalCounts[Tokens.END_OF_BLOCK] = 1;
        spareCode.build(literalCounts, LITERALS_AND_END, PrefixCode.LONGEST);
        int size = spareCode.cost(literalCounts) + (openHeader > 0 ? openHeader : GUESSED_HEADER);
        size += size >> penalty;
        if ((length + STORED_HEADER) * 8 <= size) {
            stored(plain, from, to);
            return;
        }
        if (openHeader > 0 && size < reusedCost()) {
            endOpenBlock();
        }
        if (openHeader == 0) {
            PrefixCode made = spareCode;
            spareCode = literalCode;
            literalCode = made;
            header.describe(literalCode.packed(), LITERALS_AND_END, ONE_DISTANCE, 1);
            header.write(out);
            literalsOnly = true;
            openHeader = header.size();
        }
        send(plain, from, to, literalCode.packed());
        if (sync) {
            endOpenBlock();
            literalsOnly = false;
        }
    }

    private int reusedCost() {
        return literalCode.covers(literalCounts, Tokens.END_OF_BLOCK)
                ? literalCode.cost(literalCounts) - literalCode.length(Tokens.END_OF_BLOCK)
                : UNREACHABLE;
    }

    /// Whether the counts of bytes stay so near their mean that no code can save anything.
    private boolean evenlySpread(int length) {
        long most = (2L * length) << 16;
        long squares = 0;
        for (int value = 0; value < 256 && squares <= most; value++) {
            long difference = ((long) literalCounts[value] << 8) - length;
            squares += difference * difference;
        }
        return squares < most;
    }

    private void send(byte[] plain, int from, int to, int[] codes) throws IOException {
        long bits = 0;
        int width = 0;
        for (int index = from; index < to; index++) {
            int code = codes[plain[index] & 0xff];
            bits |= (long) PrefixCode.bits(code) << width;
            width += PrefixCode.width(code);
            if (width > PENDING) {
                out.put(bits, width);
                bits = 0;
                width = 0;
            }
        }
        out.put(bits, width);
    }

    private void send(Tokens tokens, int[] literalCodes, int[] distanceCodes) throws IOException {
        int[] items = tokens.items;
        long bits = 0;
        int width = 0;
        for (int index = 0; index < tokens.count; index++) {
            int token = items[index];
            if (token < Tokens.MATCH) {
                int code = literalCodes[token];
                bits |= (long) PrefixCode.bits(code) << width;
                width += PrefixCode.width(code);
                if (width > PENDING) {
                    out.put(bits, width);
                    bits = 0;
                    width = 0;
                }
            } else {
                out.put(bits, width);
                int length = (token >>> 21) & 0xff;
                int symbol = Symbols.lengthSymbol(length);
                int code = literalCodes[LITERALS_AND_END + symbol];
                width = PrefixCode.width(code);
                bits = PrefixCode.bits(code) | ((long) (length - Symbols.lengthBase(symbol)) << width);
                width += Symbols.lengthExtra(symbol);
                symbol = (token >>> 16) & 31;
                code = distanceCodes[symbol];
                bits |= (long) PrefixCode.bits(code) << width;
                width += PrefixCode.width(code);
                bits |= (long) ((token & 0xffff) - Symbols.distanceBase(symbol)) << width;
                width += Symbols.distanceExtra(symbol);
                out.put(bits, width);
                bits = 0;
                width = 0;
            }
        }
        out.put(bits, width);
    }
}
