package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// Level 5: a table of the last position for each four bytes, and one of the last two for each seven.
///
/// A long candidate wins over a short one, unless the next position has a long candidate that matches further. A match
/// is then checked against the candidate at its tail, which may match from further ahead.
final class Level5Parser implements ChunkParser {
    private static final int BITS = 15;
    private static final int SKIP = 6;
    private static final int LONGEST = 258;
    private static final int TAIL_CHECK_BELOW = 30;

    private final int tailSkip;
    private final int[] shorts = new int[1 << BITS];
    /// For each hash the last position and, behind it, the one before.
    private final int[] longs = new int[2 << BITS];

    private int limit;
    private int emitted;
    private int next;
    private int at;
    private int from;
    private int length;

    Level5Parser(int tailSkip) {
        this.tailSkip = tailSkip;
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(shorts, UNREACHABLE);
        Arrays.fill(longs, UNREACHABLE);
    }

    @Override
    public void slide(int distance) {
        ChunkParser.slide(shorts, distance);
        ChunkParser.slide(longs, distance);
    }

    @Override
    public void parse(byte[] history, int start, int end, Tokens tokens) {
        if (end - start < MARGIN + 2) {
            return;
        }
        limit = end - MARGIN;
        emitted = start;
        at = start;
        while (find(history, end)) {
            extend(history, end);
            tokens.literals(history, emitted, at);
            tokens.match(length, at - from);
            at += length;
            emitted = at;
            if (next >= at) {
                at = next + 1;
            }
            if (at >= limit) {
                break;
            }
            index(history);
        }
        ChunkParser.finish(history, emitted, end, tokens);
    }

    private void rememberLong(int hash, int position) {
        longs[2 * hash + 1] = longs[2 * hash];
        longs[2 * hash] = position;
    }

    /// Finds the next match of four bytes or more; its length is 0 when only the first four are known to match.
    private boolean find(byte[] history, int end) {
        int position = at;
        long bytes = Bytes.eight(history, position);
        int shortHash = Bytes.hash4(bytes, BITS);
        int longHash = Bytes.hash7(bytes, BITS);
        while (true) {
            int following = position + 1 + ((position - emitted) >> SKIP);
            if (following > limit) {
                return false;
            }
            int shortCandidate = shorts[shortHash];
            int longCandidate = longs[2 * longHash];
            int olderCandidate = longs[2 * longHash + 1];
            long ahead = Bytes.eight(history, following);
            shorts[shortHash] = position;
            longs[2 * longHash + 1] = longCandidate;
            longs[2 * longHash] = position;
            shortHash = Bytes.hash4(ahead, BITS);
            longHash = Bytes.hash7(ahead, BITS);
            if (position - longCandidate < REACH) {
                boolean newer = (int) bytes == Bytes.four(history, longCandidate);
                boolean older = position - olderCandidate < REACH && (int) bytes == Bytes.four(history, olderCandidate);
                if (newer || older) {
                    next = following;
                    at = position;
                    length = 0;
                    from = newer ? longCandidate : olderCandidate;
                    shorts[shortHash] = following;
                    rememberLong(longHash, following);
                    if (newer && older) {
                        chooseLonger(history, olderCandidate, end);
                    }
                    return true;
                }
            }
            if (position - shortCandidate < REACH && (int) bytes == Bytes.four(history, shortCandidate)) {
                next = following;
                at = position;
                from = shortCandidate;
                chooseShortOrNext(history, (int) ahead, longHash, end);
                shorts[shortHash] = following;
                rememberLong(longHash, following);
                return true;
            }
            position = following;
            bytes = ahead;
        }
    }

    private void chooseLonger(byte[] history, int older, int end) {
        length = limited(history, at, from, end);
        int other = limited(history, at, older, end);
        if (other > length) {
            from = older;
            length = other;
        }
    }

    private void chooseShortOrNext(byte[] history, int ahead, int longHash, int end) {
        length = limited(history, at, from, end);
        int candidate = longs[2 * longHash];
        if (next - candidate >= REACH) {
            return;
        }
        if (!better(history, candidate, ahead, end)) {
            better(history, longs[2 * longHash + 1], ahead, end);
        }
    }

    private boolean better(byte[] history, int candidate, int ahead, int end) {
        if (next - candidate < REACH && Bytes.four(history, candidate) == ahead) {
            int other = limited(history, next, candidate, end);
            if (other > length) {
                from = candidate;
                at = next;
                length = other;
                return true;
            }
        }
        return false;
    }

    /// The length of a match whose first four bytes are known to match, counted up to the longest of one token.
    private static int limited(byte[] history, int at, int from, int end) {
        return 4 + Bytes.common(history, at + 4, from + 4, Math.min(at + LONGEST, end));
    }

    private void extend(byte[] history, int end) {
        if (length == 0) {
            length = 4 + Bytes.common(history, at + 4, from + 4, end);
        } else if (length == LONGEST) {
            length += Bytes.common(history, at + LONGEST, from + LONGEST, end);
        }
        int tail = at + length;
        if (length < TAIL_CHECK_BELOW && tail < limit) {
            int candidate = longs[2 * Bytes.hash7(Bytes.eight(history, tail), BITS)] - length + tailSkip;
            int ahead = at + tailSkip;
            int distance = ahead - candidate;
            if (candidate >= 0 && distance < REACH && distance > 0) {
                int other = Bytes.common(history, ahead, candidate, end);
                if (other > length) {
                    from = candidate;
                    length = other;
                    at = ahead;
                }
            }
        }
        while (from > 0 && at > emitted && history[from - 1] == history[at - 1]) {
            at--;
            from--;
            length++;
        }
    }

    /// Remembers positions inside and at the end of the match.
    private void index(byte[] history) {
        int position = at - length + 1;
        if (position < at - 1) {
            long bytes = Bytes.eight(history, position);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(Bytes.hash7(bytes, BITS), position);
            rememberLong(Bytes.hash7(bytes >>> 8, BITS), position + 1);
            shorts[Bytes.hash4(bytes >>> 16, BITS)] = position + 2;
            for (position += 4; position < at - 1; position += 3) {
                bytes = Bytes.eight(history, position);
                rememberLong(Bytes.hash7(bytes, BITS), position);
                shorts[Bytes.hash4(bytes >>> 8, BITS)] = position + 1;
            }
        }
        long bytes = Bytes.eight(history, at - 1);
        shorts[Bytes.hash4(bytes, BITS)] = at - 1;
        rememberLong(Bytes.hash7(bytes, BITS), at - 1);
    }
}
