package dev.dray.layer.prove;

import dev.dray.layer.encoders.BlockTable;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.rebuild.SegmentSink;
import dev.dray.layer.recipe.MemberLayout;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// Cuts a blob into segments of about 256 KiB, preferably where its encoder can be begun, and hashes them.
final class SegmentPlanner {
    private static final long TARGET = 256L << 10;

    private final GzipScan scan;
    private final EncoderCatalog catalog;
    private final MemberLayout layout;
    private final List<Cut> cuts = new ArrayList<>();

    /// Where a segment begins, and how.
    private record Cut(long offset, Restart restart) {}

    /// The segments, and the digest of the whole blob.
    record Plan(List<Segment> segments, Digest digest) {}

    private SegmentPlanner(GzipScan scan, EncoderCatalog catalog, MemberLayout layout) {
        this.scan = scan;
        this.catalog = catalog;
        this.layout = layout;
    }

    static Plan plan(GzipScan scan, EncoderCatalog catalog, MemberLayout layout, ByteSource blob) throws IOException {
        SegmentPlanner planner = new SegmentPlanner(scan, catalog, layout);
        planner.cut();
        return planner.hash(blob);
    }

    private void cut() {
        for (int member = 0; member < layout.count(); member++) {
            if (member == 0 || far(layout.offset(member))) {
                add(layout.offset(member), new Restart.Member(member));
            }
            BlockTable blocks = scan.blocks(member);
            long plainLength = layout.member(member).plainLength();
            switch (catalog.encoding(layout.member(member).encoderAt(0))) {
                case Encoding.Streamed(var _) -> {}
                case Encoding.Resumable(var _, var _, var _, int margin) -> {
                    for (int i = 1; i < blocks.size() && plainLength - blocks.plain(i) >= margin; i++) {
                        cutAt(member, blocks, i);
                    }
                }
                case Encoding.Blocked(var opener, var _) -> {
                    int size = opener.get().blockSize();
                    for (int i = 1; i < blocks.size() - 1; i++) {
                        if (blocks.plain(i) % size == 0
                                && blocks.plain(i) > blocks.plain(0)
                                && blocks.plain(i) < blocks.plain(i + 1)
                                && (blocks.bit(i) & 7) == 0) {
                            cutAt(member, blocks, i);
                        }
                    }
                }
            }
        }
        fill(scan.layout().size());
    }

    private boolean far(long offset) {
        return offset - cuts.getLast().offset() >= TARGET;
    }

    private void cutAt(int member, BlockTable blocks, int block) {
        long offset = layout.deflateOffset(member) + blocks.bit(block) / 8;
        if (far(offset)) {
            add(offset, new Restart.Inside(member, blocks.checkpoint(block)));
        }
    }

    /// Adds a cut, and cuts without a restart where the one before is far away.
    private void add(long offset, Restart restart) {
        fill(offset);
        cuts.add(new Cut(offset, restart));
    }

    private void fill(long offset) {
        while (!cuts.isEmpty() && offset - cuts.getLast().offset() >= 2 * TARGET) {
            cuts.add(new Cut(cuts.getLast().offset() + TARGET, new Restart.Continued()));
        }
    }

    private Plan hash(ByteSource blob) throws IOException {
        List<Segment> segments = new ArrayList<>();
        MessageDigest whole = Digest.Algorithm.SHA256.hasher();
        MessageDigest part = Digest.Algorithm.SHA256.hasher();
        try (InputStream in = blob.open(0)) {
            for (int i = 0; i < cuts.size(); i++) {
                Cut cut = cuts.get(i);
                long end = i + 1 < cuts.size()
                        ? cuts.get(i + 1).offset()
                        : scan.layout().size();
                int length = Math.toIntExact(end - cut.offset());
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new DrayException(DrayException.Kind.CORRUPT, "the blob has become shorter");
                }
                whole.update(bytes);
                part.update(bytes);
                segments.add(new Segment(cut.offset(), length, cut.restart(), SegmentSink.shortHash(part)));
            }
        }
        return new Plan(segments, Digest.of(Digest.Algorithm.SHA256, whole.digest()));
    }
}
