package dev.dray.engine.usage;

import dev.dray.model.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Adds up what groups of things take of the disk, each thing once however many groups it is in: like `du` with links.
///
/// Things are told apart by 64 bits of their digests, which is enough for a figure and little memory: about 24 bytes
/// for each. Groups are visited one after the other. Not thread safe.
final class DiskUse {
    private static final int FIRST_CAPACITY = 1 << 12;
    private static final int SHARED = -1;

    private long[] keys = new long[FIRST_CAPACITY];
    private long[] bytes = new long[FIRST_CAPACITY];
    /// Number of the only group that has the thing, counted from 1; 0 for an empty place.
    private int[] owner = new int[FIRST_CAPACITY];

    private int[] lastSeen = new int[FIRST_CAPACITY];
    private int count;
    private int group;
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private long[] all = new long[16];
    private long[] first = new long[16];

    /// Begins the next group.
    ///
    /// @return its number, from 0
    int next() {
        group++;
        if (group == all.length) {
            all = Arrays.copyOf(all, 2 * group);
            first = Arrays.copyOf(first, 2 * group);
        }
        return group - 1;
    }

    /// A thing of the group at hand.
    void add(Digest digest, Kind kind, long size) {
        long key = ByteBuffer.wrap(digest.toByteArray()).getLong() * 31
                + kind.name().hashCode();
        kinds.merge(kind, add(key, size), Long::sum);
    }

    /// The kind of thing that a digest stands for.
    enum Kind {
        FILE,
        RECIPE,
        CONTENT,
        /// The part that a layer shares with no other: its tar recipe and small contents.
        LAYER
    }

    /// @return its size when it is new
    private long add(long key, long size) {
        if (2 * count >= keys.length) {
            grow();
        }
        int at = find(keys, owner, key);
        if (owner[at] == 0) {
            keys[at] = key;
            bytes[at] = size;
            owner[at] = group;
            count++;
            first[group] += size;
            lastSeen[at] = group;
            all[group] += size;
            return size;
        }
        if (owner[at] != group) {
            owner[at] = SHARED;
        }
        if (lastSeen[at] != group) {
            lastSeen[at] = group;
            all[group] += bytes[at];
        }
        return 0;
    }

    private static int find(long[] keys, int[] owner, long key) {
        int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
        while (owner[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        int capacity = 2 * keys.length;
        long[] newKeys = new long[capacity];
        long[] newBytes = new long[capacity];
        int[] newOwner = new int[capacity];
        int[] newLastSeen = new int[capacity];
        for (int i = 0; i < keys.length; i++) {
            if (owner[i] != 0) {
                int at = find(newKeys, newOwner, keys[i]);
                newKeys[at] = keys[i];
                newBytes[at] = bytes[i];
                newOwner[at] = owner[i];
                newLastSeen[at] = lastSeen[i];
            }
        }
        keys = newKeys;
        bytes = newBytes;
        owner = newOwner;
        lastSeen = newLastSeen;
    }

    /// Bytes of all that a group has.
    long all(int number) {
        return all[number + 1];
    }

    /// Bytes of what no group before it had: these add up to the whole.
    long first(int number) {
        return first[number + 1];
    }

    /// Bytes of all things of a kind, each once.
    long of(Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /// Bytes of what each group has for itself.
    long[] own() {
        long[] own = new long[group];
        for (int i = 0; i < keys.length; i++) {
            if (owner[i] > 0) {
                own[owner[i] - 1] += bytes[i];
            }
        }
        return own;
    }
}
