package dev.dray.layer.tarsplit;

import dev.dray.layer.tar.PaxRecords;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.io.BulkOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Writes the `tar-split.json.gz` of a layer that is written into it, so that Go's tools assemble the layer again.
///
/// A layer that Go's tar-split refuses, or would assemble to other bytes, is refused here: sparse files, two entries of
/// one clean name, links with a size, archives that are cut off or damaged. The output up to then is of no use.
///
/// [#finish] must be called at the end; [#close] does not. Memory grows with the names only, which are kept to find
/// duplicates. Not thread safe; does not close the stream that it writes to.
public final class TarSplitExporter extends BulkOutputStream {
    private static final int LARGEST_EXTENSION = 1 << 20;
    private static final int LARGEST_SEGMENT = 1 << 20;
    private static final int GZIP_BUFFER = 32 << 10;

    private final GZIPOutputStream gzip;
    private final TarSplitWriter out;
    private final Set<String> seen = new HashSet<>();
    private final Crc64 crc = new Crc64();

    private final byte[] block = new byte[TarBlock.SIZE];
    private int filled;
    private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
    private final ByteArrayOutputStream extension = new ByteArrayOutputStream();

    private State state = State.HEADER;
    private GoHeader header = new GoHeader('0', "", 0);
    private long left;
    private Optional<PaxRecords> pax = Optional.empty();
    private String longName = "";

    private enum State {
        HEADER,
        SECOND_ZERO,
        /// Data that describes an entry.
        EXTENSION,
        DATA,
        PADDING,
        /// Behind the two zero blocks.
        TAIL
    }

    /// @param tarSplit takes the gzip file
    public TarSplitExporter(OutputStream tarSplit) throws IOException {
        gzip = new GZIPOutputStream(tarSplit, GZIP_BUFFER);
        out = new TarSplitWriter(gzip);
    }

    /// @throws DrayException of kind UNSUPPORTED when Go's tools cannot handle the layer
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at += switch (state) {
                case HEADER, SECOND_ZERO -> takeBlock(bytes, at, end - at);
                case EXTENSION -> takeExtension(bytes, at, end - at);
                case DATA -> takeData(bytes, at, end - at);
                case PADDING -> takePadding(bytes, at, end - at);
                case TAIL -> takeTail(bytes, at, end - at);
            };
        }
    }

    /// Ends the layer and the gzip file.
    ///
    /// @throws DrayException of kind UNSUPPORTED when the layer is cut off where Go's tools do not take it
    public void finish() throws IOException {
        if (filled > 0 || state == State.EXTENSION || state == State.DATA) {
            throw refused("it is cut off");
        }
        flushSegment();
        gzip.finish();
        gzip.flush();
    }

    private int takeBlock(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(length, TarBlock.SIZE - filled);
        System.arraycopy(bytes, offset, block, filled, count);
        filled += count;
        if (filled == TarBlock.SIZE) {
            filled = 0;
            segment.write(block, 0, TarBlock.SIZE);
            endBlock();
        }
        return count;
    }

    private void endBlock() throws IOException {
        if (TarBlock.isZero(block, TarBlock.SIZE)) {
            state = state == State.HEADER ? State.SECOND_ZERO : State.TAIL;
            return;
        }
        if (state == State.SECOND_ZERO) {
            throw refused("a single zero block is in its midst");
        }
        header = GoHeader.parse(block).orElseThrow(() -> refused("it has an invalid header"));
        if (header.size() < 0 && !TarBlock.isHeaderOnly(header.type())) {
            throw refused("it has an entry of negative size");
        }
        switch (header.type()) {
            case 'x', 'g', 'L', 'K' -> beginExtension();
            default -> entry();
        }
    }

    private void beginExtension() throws IOException {
        if (header.size() > LARGEST_EXTENSION) {
            throw refused("it has an extended header of %d bytes".formatted(header.size()));
        }
        extension.reset();
        left = header.size();
        state = State.EXTENSION;
        if (left == 0) {
            endExtension();
        }
    }

    private int takeExtension(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(length, left);
        extension.write(bytes, offset, count);
        segment.write(bytes, offset, count);
        left -= count;
        if (left == 0) {
            endExtension();
        }
        return count;
    }

    private void endExtension() throws IOException {
        byte[] bytes = extension.toByteArray();
        switch (header.type()) {
            case 'x' -> pax = Optional.of(records(bytes));
            case 'g' -> {
                PaxRecords global = records(bytes);
                if (!GoPax.isValid(global)) {
                    throw refused("it has an invalid extended header");
                }
                forgetExtensions();
                file(GoPax.merge(header, global).name(), 0);
            }
            case 'L' -> longName = GoHeader.untilNul(new String(bytes, StandardCharsets.ISO_8859_1));
            default -> {}
        }
        endData(header.size());
    }

    private PaxRecords records(byte[] bytes) {
        return PaxRecords.parse(bytes).orElseThrow(() -> refused("it has an invalid extended header"));
    }

    private void forgetExtensions() {
        pax = Optional.empty();
        longName = "";
    }

    private void entry() throws IOException {
        PaxRecords records = pax.orElse(PaxRecords.NONE);
        if (!GoPax.isValid(records)) {
            throw refused("it has an invalid extended header");
        }
        header = GoPax.merge(header, records);
        if (!longName.isEmpty()) {
            header = header.withName(longName);
        }
        forgetExtensions();
        if (header.type() == 'S' || GoPax.isSparse(records)) {
            throw refused("it has a sparse file");
        }
        if (header.size() != 0 && TarBlock.isHeaderOnly(header.effectiveType())) {
            throw refused("it has a link, folder or device with a size");
        }
        if (header.size() < 0) {
            throw refused("it has an entry of negative size");
        }
        crc.reset();
        left = header.size();
        state = State.DATA;
        if (left == 0) {
            file(header.name(), 0);
            endData(0);
        }
    }

    private int takeData(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(length, left);
        crc.update(bytes, offset, count);
        left -= count;
        if (left == 0) {
            file(header.name(), header.size());
            endData(header.size());
        }
        return count;
    }

    private void endData(long size) throws IOException {
        left = TarBlock.padding(size);
        state = left == 0 ? State.HEADER : State.PADDING;
        if (segment.size() >= LARGEST_SEGMENT) {
            flushSegment();
        }
    }

    /// Padding that is cut off is lost in Go, so it is held back until it is whole.
    private int takePadding(byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, left - filled);
        System.arraycopy(bytes, offset, block, filled, count);
        filled += count;
        if (filled == left) {
            segment.write(block, 0, filled);
            filled = 0;
            state = State.HEADER;
        }
        return count;
    }

    private int takeTail(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(length, LARGEST_SEGMENT - segment.size() % LARGEST_SEGMENT);
        segment.write(bytes, offset, count);
        if (segment.size() >= LARGEST_SEGMENT) {
            flushSegment();
        }
        return count;
    }

    private void file(String name, long size) throws IOException {
        if (!seen.add(CleanPath.of(name))) {
            throw refused("it has two entries of one name");
        }
        flushSegment();
        RawBytes bytes = RawBytes.copyOf(name.getBytes(StandardCharsets.ISO_8859_1));
        out.write(new TarSplitEntry.File(bytes, size, size == 0 ? 0 : crc.getValue()));
    }

    private void flushSegment() throws IOException {
        if (segment.size() > 0) {
            out.write(new TarSplitEntry.Segment(RawBytes.copyOf(segment.toByteArray())));
            segment.reset();
        }
    }

    private DrayException refused(String why) {
        return new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "Go's tar-split cannot handle this layer: %s; keep its tar recipe instead".formatted(why))
                .about(header.name());
    }
}
