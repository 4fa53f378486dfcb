package dev.dray.layer.prove;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.rebuild.DigestGate;
import dev.dray.layer.rebuild.EncoderPool;
import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.rebuild.PlainBytes;
import dev.dray.layer.rebuild.SegmentEncoder;
import dev.dray.layer.rebuild.SegmentRun;
import dev.dray.layer.rebuild.SegmentRunner;
import dev.dray.layer.rebuild.SegmentRunner.Delivery;
import dev.dray.layer.rebuild.SegmentRunner.RunException;
import dev.dray.layer.rebuild.SegmentSink;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderRun;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.MemberLayout;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the encoder of a gzip blob, and proves it by rebuilding the whole blob.
///
/// # Idea
///
/// The gzip header and the marks of the first MiB of each member ([StreamFeatures]) narrow the encoders of the catalog
/// down to a few candidates, likeliest first. Each is tried on the beginning of the member, which costs little and
/// stops at the first wrong byte. The first one that passes encodes everything, on all workers, against the blob. Where
/// it ceases to fit at a checkpoint, its siblings (the same encoder with other parameters) are tried from there;
/// where it fails otherwise, the next candidate is tried.
///
/// # Invariants
///
/// * A recipe is returned only after its encoders have produced every byte of the blob and the digest agreed, from the
///   plain bytes as they are stored. The scan only suggests where to look: a wrong one cannot cause a wrong recipe.
/// * Work is bounded. A blob of a near relative of known encoders could cost all of them in turn: after four times the
///   work of one, and 64 MiB of plain bytes more, the proof is abandoned.
/// * Members are decided in order, each beginning with the encoder of the one before: most files have one.
///
/// # Why not otherwise
///
/// Recording the differences between an encoder's output and the blob would accept near relatives too. But one early
/// difference in a deflate stream shifts all bits behind it, so the record grows to the size of the blob; and a
/// recipe that names an exact encoder can resume at any checkpoint. Storing the tokens of the stream rebuilds anything,
/// and costs space in each recipe, where an exact encoder costs its name.
///
/// Thread safe.
public final class GzipProver {
    private static final int LOOK = 1 << 20;
    private static final int MOST_TIMES = 4;
    private static final long MOST_MORE = 64 << 20;

    private final EncoderCatalog catalog;
    private final EncoderPool pool;

    /// @param workers how many threads encode at once, at least one
    public GzipProver(EncoderCatalog catalog, int workers) {
        this.catalog = catalog;
        this.pool = new EncoderPool(workers);
    }

    /// The likeliest of the encoders that pass the trial on the first member. Not a proof.
    public Optional<EncoderId> identify(GzipScan scan, ByteSource blob, ByteSource plain) throws IOException {
        try (PlainBytes in = new PlainBytes(plain)) {
            return candidates(scan, 0, Optional.empty(), blob).next(in);
        }
    }

    /// Proves the blob, or tells why it cannot.
    ///
    /// @param scan of exactly this blob
    /// @param plain the plain bytes as they are stored
    public ProofOutcome prove(GzipScan scan, ByteSource blob, ByteSource plain) throws IOException {
        List<Candidates> candidates = new ArrayList<>();
        List<RecipeMember> members = new ArrayList<>();
        Optional<EncoderId> before = Optional.empty();
        try (PlainBytes in = new PlainBytes(plain)) {
            for (int i = 0; i < scan.layout().members().size(); i++) {
                Candidates choice = candidates(scan, i, before, blob);
                before = choice.next(in);
                if (before.isEmpty()) {
                    return new ProofOutcome.Verbatim("no known encoder made member %d".formatted(i));
                }
                candidates.add(choice);
                members.add(member(scan, i, before.get()));
            }
        }
        MeteredSource metered = new MeteredSource(plain);
        for (int attempts = 1; ; attempts++) {
            Attempt attempt = new Attempt(scan, blob, metered, members);
            Optional<Integer> failed = attempt.prove();
            if (failed.isEmpty()) {
                return new ProofOutcome.Exact(attempt.recipe());
            }
            int index = failed.get();
            EncoderId wrong = members.get(index).encoderAt(0);
            if (spent(metered, scan)) {
                return new ProofOutcome.Verbatim(
                        "\"%s\" ceases to fit in member %d; given up after %d attempts that read %d MiB"
                                .formatted(wrong, index, attempts, metered.bytesRead() >> 20));
            }
            Optional<EncoderId> next;
            try (PlainBytes in = new PlainBytes(plain)) {
                next = candidates.get(index).next(in);
            }
            if (next.isEmpty()) {
                return new ProofOutcome.Verbatim("\"%s\" ceases to fit in member %d".formatted(wrong, index));
            }
            members.set(index, member(scan, index, next.get()));
        }
    }

    private static boolean spent(MeteredSource plain, GzipScan scan) {
        return plain.bytesRead() > MOST_TIMES * scan.layout().plainSize() + MOST_MORE;
    }

    private static RecipeMember member(GzipScan scan, int index, EncoderId encoder) {
        GzipMember member = scan.layout().members().get(index);
        return new RecipeMember(
                member.header().raw(),
                member.deflateLength(),
                member.plainLength(),
                member.trailer(),
                List.of(new EncoderRun(0, encoder)));
    }

    private Candidates candidates(GzipScan scan, int index, Optional<EncoderId> before, ByteSource blob) {
        GzipMember member = scan.layout().members().get(index);
        List<EncoderId> ids = new ArrayList<>(before.stream().toList());
        catalog.candidates(member.header(), scan.features(index)).stream()
                .filter(id -> !ids.contains(id))
                .forEach(ids::add);
        return new Candidates(ids, member, blob);
    }

    /// The candidates of one member; returns those that pass the trial, one by one.
    private final class Candidates {
        private final List<EncoderId> ids;
        private final GzipMember member;
        private final ByteSource blob;
        private int used;

        Candidates(List<EncoderId> ids, GzipMember member, ByteSource blob) {
            this.ids = ids;
            this.member = member;
            this.blob = blob;
        }

        Optional<EncoderId> next(PlainBytes plain) throws IOException {
            if (used == ids.size()) {
                return Optional.empty();
            }
            EncoderTrial trial = new EncoderTrial(catalog, member, blob, plain, LOOK);
            while (used < ids.size()) {
                EncoderId id = ids.get(used++);
                if (trial.passes(id)) {
                    return Optional.of(id);
                }
            }
            return Optional.empty();
        }
    }

    /// Rebuilds the whole blob with chosen encoders, and overrides them from a checkpoint on where siblings fit.
    private final class Attempt {
        private final GzipScan scan;
        private final ByteSource blob;
        private final MeteredSource plain;
        private final List<RecipeMember> members;
        private final SegmentPlanner.Plan plan;
        private final List<SegmentRun> runs;

        Attempt(GzipScan scan, ByteSource blob, MeteredSource plain, List<RecipeMember> members) throws IOException {
            this.scan = scan;
            this.blob = blob;
            this.plain = plain;
            this.members = new ArrayList<>(members);
            this.plan = SegmentPlanner.plan(scan, catalog, new MemberLayout(members), blob);
            this.runs = SegmentRun.of(plan.segments(), members);
        }

        /// @return the member whose encoder is wrong, or empty when the whole blob was rebuilt
        Optional<Integer> prove() throws IOException {
            DigestGate gate = new DigestGate(plan.digest(), scan.layout().size(), OutputStream.nullOutputStream());
            int done = 0;
            while (done < runs.size()) {
                try {
                    new SegmentRunner(encoder(), plain, pool, Delivery.RUNS, this::compared)
                            .run(runs.subList(done, runs.size()), gate);
                    done = runs.size();
                } catch (RunException e) {
                    done = runs.indexOf(e.run());
                    if (!overridden(e.run())) {
                        return Optional.of(memberAt(e.offset()));
                    }
                }
            }
            return Optional.empty();
        }

        GzipRecipe recipe() {
            return new GzipRecipe(
                    plan.digest(),
                    scan.layout().size(),
                    scan.layout().plainSize(),
                    members,
                    scan.layout().trailing(),
                    plan.segments());
        }

        private SegmentSink compared(SegmentRun run, OutputStream target) throws IOException {
            return new ComparedSink(run, blob, target);
        }

        private SegmentEncoder encoder() {
            return new SegmentEncoder(
                    catalog, new MemberLayout(members), scan.layout().trailing());
        }

        /// The member that holds this byte of the blob.
        private int memberAt(long offset) {
            List<GzipMember> all = scan.layout().members();
            int index = 0;
            while (index < all.size() - 1 && all.get(index).end() <= offset) {
                index++;
            }
            return index;
        }

        /// Looks for a sibling that encodes this run, and lets it go on from there.
        private boolean overridden(SegmentRun run) throws IOException {
            if (!SegmentRunner.small(run) || !(run.restart() instanceof Restart.Inside(int index, var checkpoint))) {
                return false;
            }
            RecipeMember member = members.get(index);
            EncoderId failed = member.encoderAt(checkpoint.plainPosition());
            for (EncoderId sibling : catalog.siblings(failed)) {
                if (spent(plain, scan)) {
                    return false;
                }
                members.set(index, overriding(member, checkpoint.plainPosition(), sibling));
                SegmentEncoder encoder = encoder();
                try (InputStream in = plain.open(encoder.plainStart(run.restart()));
                        SegmentSink sink = compared(run, OutputStream.nullOutputStream())) {
                    encoder.encode(run.restart(), in, sink);
                    return true;
                } catch (MismatchException e) {
                    members.set(index, member);
                }
            }
            return false;
        }

        private static RecipeMember overriding(RecipeMember member, long plainOffset, EncoderId encoder) {
            List<EncoderRun> runs = new ArrayList<>(member.runs());
            runs.add(new EncoderRun(plainOffset, encoder));
            return new RecipeMember(
                    member.header(), member.deflateLength(), member.plainLength(), member.trailer(), runs);
        }
    }
}
