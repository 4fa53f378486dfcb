package dev.dray.store.pack;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.io.BulkInputStream;
import dev.dray.store.catalog.PackTable.Extent;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/// A stream that lies in packs. When a pack goes while it is read, it is located again, and must be
/// another one. Not thread safe.
final class PackedStream extends BulkInputStream {
    private final Location location;
    private final FrameCache frames;
    private List<Extent> extents;
    private final long length;
    private long position;

    /// Where the bytes lie at the moment; it changes when a pack is repacked.
    @FunctionalInterface
    interface Location {
        List<Extent> find();
    }

    PackedStream(Location location, FrameCache frames) {
        this.location = location;
        this.frames = frames;
        this.extents = location.find();
        this.length = length(extents);
    }

    private static long length(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        if (position == length) {
            return -1;
        }
        while (true) {
            try {
                return take(target, offset, wanted);
            } catch (PackGoneException e) {
                findAgain(e);
            }
        }
    }

    private void findAgain(PackGoneException gone) {
        List<Extent> next = location.find();
        if (next.equals(extents) || length(next) != length) {
            throw new DrayException(Kind.CORRUPT, "what lies in packs was lost: " + gone.getMessage(), gone);
        }
        extents = next;
    }

    private int take(byte[] target, int offset, int wanted) throws IOException {
        long before = position;
        for (Extent extent : extents) {
            if (before < extent.length()) {
                long at = extent.offset() + before;
                PackFiles.Frame frame = frames.frame(extent.pack(), at);
                int from = (int) (at - frame.rawOffset());
                int count = (int) Math.min(Math.min(wanted, extent.length() - before), frame.bytes().length - from);
                System.arraycopy(frame.bytes(), from, target, offset, count);
                position += count;
                return count;
            }
            before -= extent.length();
        }
        throw new IllegalStateException("position %d of %d".formatted(position, length));
    }

    @Override
    public long skip(long count) {
        long skipped = Math.clamp(count, 0, length - position);
        position += skipped;
        return skipped;
    }
}
