package dev.dray.layer.prove;

import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.rebuild.SegmentSink;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.io.BulkOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Takes the deflate data of one attempt: hashes it behind each header that the blob may have, and cuts it into
/// segments. Throws [MismatchException] as soon as it fits behind none of them. Not thread safe.
final class AttemptSink extends BulkOutputStream {
    private static final long TARGET = 1L << 20;

    private final GzipTarget target;
    private final byte[] beginning;
    private final long longest;
    private final List<Variant> variants = new ArrayList<>();
    private final MessageDigest part = Digest.Algorithm.SHA256.hasher();
    private final List<Segment> segments = new ArrayList<>();
    private Restart restart = new Restart.Member(0);
    private long deflated;
    private long cut;

    /// The blob with one of its possible headers.
    private static final class Variant {
        private final RawBytes header;
        private final MessageDigest whole = Digest.Algorithm.SHA256.hasher();
        /// Of the first segment, which holds the header.
        private final MessageDigest first = Digest.Algorithm.SHA256.hasher();

        Variant(RawBytes header) {
            this.header = header;
            whole.update(header.toByteArray());
            first.update(header.toByteArray());
        }
    }

    /// A blob with the right digest: its header and its segments.
    record Match(Digest digest, RawBytes header, List<Segment> segments) {}

    /// @param longest length at which a segment is cut though no encoder can begin there
    AttemptSink(GzipTarget target, List<RawBytes> headers, long longest) throws MismatchException {
        this.target = target;
        this.beginning = target.beginning().toByteArray();
        this.longest = longest;
        for (RawBytes header : headers) {
            byte[] bytes = header.toByteArray();
            int common = Math.min(bytes.length, beginning.length);
            if (Arrays.equals(bytes, 0, common, beginning, 0, common)) {
                variants.add(new Variant(header));
            }
        }
        requireVariant();
    }

    private void requireVariant() throws MismatchException {
        if (variants.isEmpty()) {
            throw new MismatchException(deflated);
        }
    }

    /// Bytes of deflate data so far.
    long deflated() {
        return deflated;
    }

    /// Whether the present segment is long enough to end here.
    boolean wantsCut() {
        return deflated - cut >= TARGET;
    }

    /// Ends a segment here, where an encoder can begin.
    void cut(Restart next) {
        endSegment(part.digest());
        restart = next;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws MismatchException {
        compare(bytes, offset, length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int taken = (int) Math.min(end - at, longest - (deflated - cut));
            take(bytes, at, taken);
            at += taken;
            if (deflated - cut == longest) {
                cut(new Restart.Continued());
            }
        }
    }

    private void take(byte[] bytes, int offset, int length) {
        for (Variant variant : variants) {
            variant.whole.update(bytes, offset, length);
            if (segments.isEmpty()) {
                variant.first.update(bytes, offset, length);
            }
        }
        part.update(bytes, offset, length);
        deflated += length;
    }

    private void compare(byte[] bytes, int offset, int length) throws MismatchException {
        for (Iterator<Variant> all = variants.iterator(); all.hasNext(); ) {
            Variant variant = all.next();
            long at = variant.header.size() + deflated;
            if (at + length + GzipMember.TRAILER_LENGTH > target.size().orElse(Long.MAX_VALUE)) {
                all.remove();
            } else if (at < beginning.length) {
                int common = (int) Math.min(length, beginning.length - at);
                if (!Arrays.equals(bytes, offset, offset + common, beginning, (int) at, (int) at + common)) {
                    all.remove();
                }
            }
        }
        requireVariant();
    }

    /// The segment that has come to its end. Of the first one the header is a part, so its hash is each variant's
    /// own.
    private void endSegment(byte[] hash) {
        segments.add(new Segment(cut, deflated - cut, restart, SegmentSink.shortHash(hash)));
        cut = deflated;
    }

    /// Takes the trailer, the end of the blob.
    ///
    /// @throws MismatchException when the whole hashes to something else behind every header
    Match finish(RawBytes trailer) throws MismatchException {
        byte[] bytes = trailer.toByteArray();
        for (Variant variant : variants) {
            variant.whole.update(bytes);
            if (segments.isEmpty()) {
                variant.first.update(bytes);
            }
        }
        part.update(bytes);
        deflated += bytes.length;
        endSegment(part.digest());
        for (Variant variant : variants) {
            Digest digest = Digest.of(Digest.Algorithm.SHA256, variant.whole.digest());
            if (target.digest().orElse(digest).equals(digest)) {
                return new Match(digest, variant.header, placed(variant));
            }
        }
        throw new MismatchException(deflated);
    }

    private List<Segment> placed(Variant variant) {
        int header = variant.header.size();
        List<Segment> placed = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            placed.add(
                    placed.isEmpty()
                            ? new Segment(
                                    0,
                                    segment.length() + header,
                                    segment.restart(),
                                    SegmentSink.shortHash(variant.first.digest()))
                            : new Segment(
                                    segment.offset() + header, segment.length(), segment.restart(), segment.hash()));
        }
        return placed;
    }
}
