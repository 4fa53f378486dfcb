package dev.dray.layer.deflate.klauspost;

/// Levels 5 and 6: a table of the last position for each four bytes, and one of the last two for each seven.
///
/// A long candidate wins over a short one; what else is looked at then, and behind the match, is the level's own.
abstract sealed class LongMatchParser extends MatchParser permits Level5Parser, Level6Parser {
    static final int BITS = 15;

    private static final int LONGEST = 258;

    /// How many bytes at its head a match found by its tail may leave to the backward extension.
    final int tailSkip;
    final int[] shorts = new int[1 << BITS];
    /// For each hash the last position and, behind it, the one before.
    final int[] longs = new int[2 << BITS];
    /// Of the match; 0 when only its first four bytes are known to match.
    int length;

    private final int skip;

    LongMatchParser(int skip, int tailSkip) {
        this.skip = skip;
        this.tailSkip = tailSkip;
        clear();
    }

    @Override
    final int[][] tables() {
        return new int[][] {shorts, longs};
    }

    /// Changes the match of a short candidate to a longer one near it.
    ///
    /// @param bytes those at its start
    /// @param ahead those at the next position, of the hash `longHash`
    abstract void improve(byte[] history, long bytes, long ahead, int longHash, int end);

    final void rememberLong(int hash, int position) {
        longs[2 * hash + 1] = longs[2 * hash];
        longs[2 * hash] = position;
    }

    /// Finds the next match of four bytes or more.
    final boolean find(byte[] history, int end) {
        int position = at;
        long bytes = Bytes.eight(history, position);
        int shortHash = Bytes.hash4(bytes, BITS);
        int longHash = Bytes.hash7(bytes, BITS);
        while (true) {
            int following = position + 1 + ((position - emitted) >> skip);
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
                boolean older = matches(history, position, olderCandidate, (int) bytes);
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
            if (matches(history, position, shortCandidate, (int) bytes)) {
                next = following;
                at = position;
                from = shortCandidate;
                length = limited(history, at, from, end);
                improve(history, bytes, ahead, longHash, end);
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

    /// Takes a candidate of the next position when it matches further than the match.
    final boolean better(byte[] history, int candidate, int ahead, int end) {
        if (matches(history, next, candidate, ahead)) {
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
    static int limited(byte[] history, int at, int from, int end) {
        return length(history, at, from, Math.min(at + LONGEST, end));
    }

    /// Extends the match to its full length, where it was not measured or only up to the longest of one token.
    final void extend(byte[] history, int end) {
        if (length == 0) {
            length = length(history, at, from, end);
        } else if (length == LONGEST) {
            length += Bytes.common(history, at + LONGEST, from + LONGEST, end);
        }
    }

    /// Takes a candidate at the tail of the match when it matches further, from `ahead` on.
    final void tryTail(byte[] history, int ahead, int candidate, int end) {
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
}
