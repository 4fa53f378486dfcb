package dev.dray.engine.adopt.search;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipTarget;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds the encoder of a layer by the digest of its blob: candidates are run over the layer's tar, the likeliest alone
/// or a few side by side, then more at once, the slow ones last.
///
/// Memory: up to eight encoders of one to four MiB. Thread safe.
public final class EncoderSearch {
    private static final int MOST_AT_ONCE = 8;

    private final EncoderCatalog catalog;
    private final int workers;

    /// @param workers how many encoders run at once from the beginning
    EncoderSearch(EncoderCatalog catalog, int workers) {
        this.catalog = catalog;
        this.workers = workers;
    }

    /// Hears of the candidates under test.
    @FunctionalInterface
    public interface Progress {
        /// @param candidates that are run now
        /// @param done plain bytes that they were given
        void at(List<EncoderId> candidates, long done, long total);
    }

    /// The blob to look for.
    ///
    /// @param candidates likeliest first
    /// @param alone whether the first is so likely that it is run alone
    record Task(ByteSource plain, Digest diffId, GzipTarget target, List<Candidate> candidates, boolean alone) {
        Task {
            candidates = List.copyOf(candidates);
        }
    }

    /// @throws DrayException of kind CORRUPT when the tar is not the one of the diffID
    SearchOutcome search(Task task, Progress progress) throws IOException {
        int tried = 0;
        boolean checked = false;
        long size = task.plain().size();
        for (List<Candidate> wave : waves(task)) {
            List<EncoderId> ids = wave.stream().map(Candidate::encoder).toList();
            progress.at(ids, 0, size);
            ParallelTrials.Result result = new ParallelTrials(catalog, task.plain(), task.target())
                    .run(wave, done -> progress.at(ids, done, size));
            tried += wave.size();
            if (!checked && result.wholeDiffId().isPresent()) {
                requireDiffId(task.diffId(), result.wholeDiffId().get());
                checked = true;
            }
            if (result.recipe().isPresent()) {
                return new SearchOutcome.Found(result.recipe().get(), tried);
            }
        }
        if (!checked) {
            requireDiffId(task.diffId(), hash(task.plain()));
        }
        return new SearchOutcome.Unknown("none of %d known encoders makes it".formatted(tried), tried);
    }

    /// Groups of candidates, each run over one reading: small ones first, for the first guess is mostly right.
    private List<List<Candidate>> waves(Task task) {
        List<List<Candidate>> waves = new ArrayList<>();
        int first = task.alone() ? Math.min(1, task.candidates().size()) : 0;
        if (first == 1) {
            waves.add(task.candidates().subList(0, 1));
        }
        List<Candidate> others =
                task.candidates().subList(first, task.candidates().size());
        int size = workers;
        for (List<Candidate> left : List.of(slow(others, false), slow(others, true))) {
            for (int at = 0; at < left.size(); ) {
                int end = Math.min(left.size(), at + size);
                waves.add(left.subList(at, end));
                at = end;
                size = Math.min(Math.max(workers, MOST_AT_ONCE), 2 * size);
            }
            size = workers;
        }
        return waves;
    }

    private static List<Candidate> slow(List<Candidate> candidates, boolean slow) {
        return candidates.stream().filter(candidate -> candidate.slow() == slow).toList();
    }

    public static void requireDiffId(Digest expected, Digest actual) {
        if (!actual.equals(expected)) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "the files of the layer give a tar of %s, not of %s".formatted(actual, expected))
                    .about(expected);
        }
    }

    public static Digest hash(ByteSource plain) throws IOException {
        var hasher = Digest.Algorithm.SHA256.hasher();
        byte[] buffer = new byte[256 << 10];
        try (var in = plain.open(0)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        }
        return Digest.of(Digest.Algorithm.SHA256, hasher.digest());
    }
}
