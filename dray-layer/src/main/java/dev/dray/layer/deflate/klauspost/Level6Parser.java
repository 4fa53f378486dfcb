package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// Level 6: the tables of level 5 with more positions, a look at the distance of the match before, and a check of both
/// candidates at the tail of every match.
final class Level6Parser implements ChunkParser {
    private static final int BITS = 15;
    private static final int SKIP = 7;
    private static final int LONGEST = 258;

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
    private int lastDistance;

    Level6Parser(int tailSkip) {
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
        lastDistance = 1;
        while (find(history, end)) {
            extend(history, end);
            lastDistance = at - from;
            tokens.literals(history, emitted, at);
            tokens.match(length, lastDistance);
            at += length;
            emitted = at;
            if (next >= at) {
                at = next + 1;
            }
            if (at >= limit) {
                indexTail(history, end);
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
                length = limited(history, at, from, end);
                if (!repeats(history, (int) (bytes >>> 8), end)) {
                    chooseNext(history, (int) ahead, longHash, end);
                }
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

    /// Whether the distance of the match before matches further from one byte ahead.
    private boolean repeats(byte[] history, int ahead, int end) {
        int candidate = at - lastDistance + 1;
        if (Bytes.four(history, candidate) == ahead) {
            int other = limited(history, at + 1, candidate, end);
            if (other > length) {
                from = candidate;
                length = other;
                at++;
                return true;
            }
        }
        return false;
    }

    private void chooseNext(byte[] history, int ahead, int longHash, int end) {
        int newer = longs[2 * longHash];
        if (next - newer < REACH) {
            better(history, newer, ahead, end);
            better(history, longs[2 * longHash + 1], ahead, end);
        }
    }

    private void better(byte[] history, int candidate, int ahead, int end) {
        if (next - candidate < REACH && Bytes.four(history, candidate) == ahead) {
            int other = limited(history, next, candidate, end);
            if (other > length) {
                from = candidate;
                at = next;
                length = other;
            }
        }
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
        if (tail < limit) {
            int hash = Bytes.hash7(Bytes.eight(history, tail), BITS);
            checkTail(history, longs[2 * hash], longs[2 * hash + 1], end);
        }
        while (from > 0 && at > emitted && history[from - 1] == history[at - 1]) {
            at--;
            from--;
            length++;
        }
    }

    private void checkTail(byte[] history, int newer, int older, int end) {
        int ahead = at + tailSkip;
        int candidate = newer - length + tailSkip;
        if (ahead - candidate >= REACH) {
            return;
        }
        tryTail(history, ahead, candidate, end);
        tryTail(history, ahead, older - length + tailSkip, end);
    }

    private void tryTail(byte[] history, int ahead, int candidate, int end) {
        int distance = ahead - candidate;
        if (distance > 0 && distance < REACH && candidate >= 0) {
            int other = Bytes.common(history, ahead, candidate, end);
            if (other > length) {
                from = candidate;
                length = other;
                at = ahead;
            }
        }
    }

    /// Remembers every second position from the next on to the end of the chunk.
    private void indexTail(byte[] history, int end) {
        for (int position = next + 1; position < end - Long.BYTES; position += 2) {
            long bytes = Bytes.eight(history, position);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(Bytes.hash7(bytes, BITS), position);
        }
    }

    private void index(byte[] history) {
        for (int position = next + 1; position < at - 1; position += 2) {
            long bytes = Bytes.eight(history, position);
            int longHash = Bytes.hash7(bytes, BITS);
            int followingHash = Bytes.hash7(bytes >>> 8, BITS);
            shorts[Bytes.hash4(bytes, BITS)] = position;
            rememberLong(longHash, position);
            rememberLong(followingHash, position + 1);
        }
    }
}
