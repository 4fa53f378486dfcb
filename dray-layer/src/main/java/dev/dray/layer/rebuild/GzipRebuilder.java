package dev.dray.layer.rebuild;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.rebuild.SegmentRunner.Delivery;
import dev.dray.layer.rebuild.SegmentRunner.RunException;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.MemberLayout;
import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Rebuilds a gzip blob from its recipe and its plain bytes.
///
/// Wrong bytes never leave: each segment is compared with its hash before it is written, and the last one waits for the
/// digest of the whole. Where the encoder has blocks or checkpoints, all workers encode; all blobs that are rebuilt at
/// once share the workers, and 16 MiB of memory for each of them. Thread safe.
public final class GzipRebuilder {
    private final EncoderCatalog catalog;
    private final EncoderPool pool;

    /// @param workers how many threads encode at once, at least one
    public GzipRebuilder(EncoderCatalog catalog, int workers) {
        this.catalog = catalog;
        this.pool = new EncoderPool(workers);
    }

    /// Writes the whole blob to `out`, which stays open.
    ///
    /// @throws DrayException of kind CORRUPT when the plain bytes do not give the blob, UNSUPPORTED when the
    ///     encoder is not known here
    public void rebuild(GzipRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        DigestGate gate = new DigestGate(recipe.digest(), recipe.size(), out);
        run(recipe, plain, SegmentRun.of(recipe.segments(), recipe.members()), gate);
        gate.finish();
    }

    /// Writes the bytes `[offset, offset + length)` of the blob to `out`. Rebuilds from the nearest place before
    /// them where the encoder can resume.
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

    private void run(GzipRecipe recipe, ByteSource plain, List<SegmentRun> runs, OutputStream out) throws IOException {
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
                            pool,
                            Delivery.SEGMENTS,
                            (run, target) -> new SegmentSink(run.segments(), target))
                    .run(runs, out);
        } catch (RunException e) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "cannot rebuild the blob from byte %d on: its plain bytes or its recipe are damaged"
                                    .formatted(e.offset()),
                            e)
                    .about(recipe.digest());
        }
    }
}
