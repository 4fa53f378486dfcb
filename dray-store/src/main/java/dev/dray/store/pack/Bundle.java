package dev.dray.store.pack;

import dev.dray.store.catalog.PackTable.Extent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// A stream that goes into packs in frames of its own: a tar recipe, or the small contents of a layer. Its bytes
/// gather in memory until there is a frame of them. Not thread safe.
final class Bundle extends OutputStream {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final List<Extent> extents = new ArrayList<>();

    @Override
    public void write(int value) {
        waiting.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        waiting.write(bytes, offset, length);
    }

    /// True when there is enough for a frame.
    boolean isFull() {
        return waiting.size() >= PackFooter.LARGEST_FRAME;
    }

    /// Writes the bytes that have gathered.
    ///
    /// @param pack the number by which extents name the pack
    void flush(PackWriter writer, long pack) throws IOException {
        if (waiting.size() == 0) {
            return;
        }
        writer.seal();
        extents.add(new Extent(pack, writer.position(), waiting.size()));
        byte[] bytes = waiting.toByteArray();
        writer.write(bytes, 0, bytes.length);
        writer.seal();
        waiting.reset();
    }

    /// The extents that were flushed, in order.
    List<Extent> extents() {
        return List.copyOf(extents);
    }
}
