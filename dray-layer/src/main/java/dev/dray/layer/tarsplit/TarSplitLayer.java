package dev.dray.layer.tarsplit;

import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// A layer that can be read from any place in it, put together from its tar-split and the files of an unpacked layer.
///
/// The tar-split is read once; files are opened when the reading comes to them, and those before the place where it
/// begins are not opened at all. Every file that is read from its beginning is checked by the CRC-64 in the tar-split,
/// which is no proof: compare the diffID. Thread safe, as far as its [LayerFiles] are.
public final class TarSplitLayer implements ByteSource {
    private final TarSplitIndex index;
    private final LayerFiles files;

    private TarSplitLayer(TarSplitIndex index, LayerFiles files) {
        this.index = index;
        this.files = files;
    }

    /// Reads a tar-split to its end; it stays open.
    ///
    /// @param tarSplit `tar-split.json.gz`
    /// @param limit largest layer in bytes
    /// @throws DrayException of kind INVALID when the tar-split is malformed, TOO_LARGE beyond the limit,
    ///     UNSUPPORTED when it holds what is not known
    public static TarSplitLayer read(InputStream tarSplit, LayerFiles files, long limit) throws IOException {
        return new TarSplitLayer(TarSplitIndex.read(new InflatedTarSplit(tarSplit), limit), files);
    }

    @Override
    public long size() {
        return index.size();
    }

    /// Opens the layer from `offset` on; the caller closes.
    ///
    /// Reading throws [DrayException]: of kind CORRUPT when a file is not what it was, and what the files throw.
    @Override
    public InputStream open(long offset) throws IOException {
        if (offset < 0 || offset > size()) {
            throw new IllegalArgumentException("offset %d of %d".formatted(offset, size()));
        }
        return new Assembling(files.read(), offset);
    }

    /// One reading.
    private final class Assembling extends BulkInputStream {
        private final LayerFiles.Reading reading;
        private final Crc64 crc = new Crc64();
        private int piece;
        private Iterator<TarSplitEntry> entries = List.<TarSplitEntry>of().iterator();
        private InputStream data = InputStream.nullInputStream();
        /// Bytes of the entry that are still to come.
        private long left;
        /// How many bytes are still to be passed over.
        private long skip;
        private TarSplitEntry.File file = new TarSplitEntry.File(RawBytes.utf8(""), 0, 0);
        private boolean checked;

        Assembling(LayerFiles.Reading reading, long offset) {
            this.reading = reading;
            if (index.pieces() > 0) {
                this.piece = index.find(offset);
                TarSplitIndex.Piece first = index.piece(piece++);
                this.entries = first.entries().iterator();
                this.skip = offset - first.offset();
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (left == 0) {
                if (!next()) {
                    return -1;
                }
            }
            int count = data.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw changed();
            }
            left -= count;
            if (checked) {
                crc.update(bytes, offset, count);
                if (left == 0 && (crc.getValue() != file.crc() || data.read() >= 0)) {
                    throw changed();
                }
            }
            return count;
        }

        /// Goes on to the next entry that is not passed over whole.
        private boolean next() throws IOException {
            data.close();
            data = InputStream.nullInputStream();
            checked = false;
            while (!entries.hasNext()) {
                if (piece == index.pieces()) {
                    return false;
                }
                entries = index.piece(piece++).entries().iterator();
            }
            TarSplitEntry entry = entries.next();
            long size = switch (entry) {
                case TarSplitEntry.Segment segment -> segment.bytes().size();
                case TarSplitEntry.File data -> data.size();
            };
            if (skip >= size) {
                skip -= size;
                return true;
            }
            data = switch (entry) {
                case TarSplitEntry.Segment segment -> segment.bytes().stream();
                case TarSplitEntry.File next -> opened(next);
            };
            pass(skip);
            left = size - skip;
            skip = 0;
            return true;
        }

        private InputStream opened(TarSplitEntry.File next) throws IOException {
            file = next;
            checked = skip == 0;
            crc.reset();
            return reading.open(next.name());
        }

        private void pass(long count) throws IOException {
            long passed = 0;
            while (passed < count) {
                long step = data.skip(count - passed);
                if (step <= 0) {
                    if (data.read() < 0) {
                        throw changed();
                    }
                    step = 1;
                }
                passed += step;
            }
        }

        private DrayException changed() {
            return new DrayException(
                            DrayException.Kind.CORRUPT,
                            "the file \"%s\" of the layer is not what its tar-split says"
                                    .formatted(LayerNames.shown(file.name())))
                    .about(LayerNames.shown(file.name()));
        }

        @Override
        public void close() throws IOException {
            try (reading) {
                data.close();
            }
        }
    }
}
