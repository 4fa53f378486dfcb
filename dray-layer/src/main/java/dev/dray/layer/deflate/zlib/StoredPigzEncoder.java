package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.BlockEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// Level 0 of pigz: blocks cut into stored blocks as long as they may be. One thread alone writes through a buffer,
/// into
/// which they must fit whole. Not thread safe.
final class StoredPigzEncoder implements BlockEncoder {
    private static final byte[] NOTHING = {};
    private static final int LONGEST = 65_535;
    private static final int HEADER = 5;
    private static final int BUFFER = 128 << 10;

    private final int blockSize;
    private final boolean independent;
    private final boolean single;

    /// @param single as with one thread
    StoredPigzEncoder(int blockSize, boolean independent, boolean single) {
        this.blockSize = blockSize;
        this.independent = independent;
        this.single = single;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public int dictionarySize() {
        return independent ? 0 : SlidingWindow.SIZE;
    }

    @Override
    public void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
            throws IOException {
        BlockWriter writer = new BlockWriter(out);
        int room = BUFFER;
        int at = start;
        do {
            int length = Math.min(LONGEST, end - at);
            if (single) {
                length = Math.min(length, room - HEADER);
                room -= length + HEADER;
                room = room == 0 ? BUFFER : room;
            }
            writer.stored(plain, at, length, last && at + length == end);
            at += length;
        } while (at < end);
        if (independent && !last) {
            writer.stored(NOTHING, 0, 0, false);
            writer.stored(NOTHING, 0, 0, false);
        }
        writer.finish();
    }
}
