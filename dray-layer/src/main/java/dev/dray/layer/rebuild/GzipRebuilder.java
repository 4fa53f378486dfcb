package dev.dray.layer.rebuild;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.rebuild.SegmentRunner.Giving;
import dev.dray.layer.rebuild.SegmentRunner.StretchException;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.MemberLayout;
import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Makes a blob again from its recipe and its plain bytes.
///
/// Every segment is checked before it is given on, and the last one only when the digest of the whole agrees:
/// wrong bytes never leave. Where the encoder has blocks or checkpoints, segments are made on all workers,
/// which all blobs that are made at once share, as they do the memory of 16 MiB for each. Thread safe.
public final class GzipRebuilder {
    private final EncoderCatalog catalog;
    private final EncoderPool workshop;

    /// @param workers how many threads encode at once, at least one
    public GzipRebuilder(EncoderCatalog catalog, int workers) {
        this.catalog = catalog;
        this.workshop = new EncoderPool(workers);
    }

    /// Gives the whole blob to `out`, which stays open.
    ///
    /// @throws DrayException of kind CORRUPT when the plain bytes do not give the blob, UNSUPPORTED when the
    ///     encoder is not known here
    public void rebuild(GzipRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        DigestGate gate = new DigestGate(recipe.digest(), recipe.size(), out);
        run(recipe, plain, SegmentRun.of(recipe.segments(), recipe.members()), gate);
        gate.finish();
    }

    /// Gives the bytes `[offset, offset + length)` of the blob to `out`; makes only what it takes from the
    /// nearest place before them where the encoder can be begun.
    ///
    /// @throws DrayException as [#rebuild(GzipRecipe, ByteSource, OutputStream)]
    public void rebuild(GzipRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        RangeOutput.check(offset, length, recipe.size());
        if (length > 0) {
            List<SegmentRun> needed = SegmentRun.of(recipe.segments(), recipe.members(), offset, offset + length);
            long before = offset - needed.getFirst().offset();
            run(recipe, plain, needed, new RangeOutput(before, length, out));
        }
    }

    private void run(GzipRecipe recipe, ByteSource plain, List<SegmentRun> stretches, OutputStream out)
            throws IOException {
        recipe.members().stream()
                .flatMap(member -> member.runs().stream())
                .map(EncoderRun::encoder)
                .distinct()
                .forEach(catalog::encoding);
        SegmentEncoder encoder = new SegmentEncoder(catalog, new MemberLayout(recipe.members()), recipe.trailing());
        try {
            new SegmentRunner(
                            encoder,
                            plain,
                            workshop,
                            Giving.SEGMENTS,
                            (stretch, target) -> new SegmentSink(stretch.segments(), target))
                    .run(stretches, out);
        } catch (StretchException e) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "cannot rebuild the blob from byte %d on: its plain bytes or its recipe are damaged"
                                    .formatted(e.offset()),
                            e)
                    .about(recipe.digest());
        }
    }
}
