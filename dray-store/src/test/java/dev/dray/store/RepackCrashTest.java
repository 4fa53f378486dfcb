package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Manifest;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.SkippedSync;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The power fails before each change in turn that a collection with rewriting makes to files: what lives is there
/// afterwards, and the next collection ends the work.
final class RepackCrashTest {
    private static final int LAYERS = 1;
    private static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);

    @TempDir
    Path parent;

    private final List<Digest> kept = new ArrayList<>();
    private final Set<CollectedKind> seen = EnumSet.noneOf(CollectedKind.class);
    private Path made;
    private int rounds;

    /// Layers of which little is needed any more by others, and one that nobody needs.
    @BeforeEach
    void makeStore() {
        made = parent.resolve("made");
        try (Store store = TestStores.open(made, StoreKind.ENGINE)) {
            List<Digest> given = new ArrayList<>();
            for (int i = 0; i < LAYERS; i++) {
                given.add(keep(store, LayerSamples.tar(i, 40)));
                kept.add(keep(store, LayerSamples.tar(i, 6)));
            }
            given.add(keep(store, LayerSamples.tar(LAYERS, 10)));
            store.catalog()
                    .change(tx -> given.forEach(layer -> tx.repository(APP)
                            .manifests()
                            .delete(image(layer).raw().sha256())));
        }
    }

    private static Digest keep(Store store, byte[] layer) {
        Digest digest = LayerSamples.keepAsRecipe(store, layer);
        Manifest image = image(digest);
        store.catalog()
                .change(tx -> tx.repository(APP).manifests().put(image.raw().sha256(), image));
        return digest;
    }

    private static Manifest image(Digest layer) {
        return Samples.image(layer, List.of(layer));
    }

    @Test
    void nothingIsLostWhereverThePowerFails(TestReporter reporter) throws IOException {
        boolean ended = false;
        for (int changes = 0; !ended; changes++) {
            long seed = Crashes.SEED + changes;
            Round round = round(changes, OptionalLong.of(seed), UnaryOperator.identity());
            assertThat(round.wrong()).as("change %d, seed %d", changes, seed).isEmpty();
            Round worst = round(changes, OptionalLong.empty(), UnaryOperator.identity());
            assertThat(worst.wrong()).as("change %d, all lost", changes).isEmpty();
            ended = round.ended();
        }
        assertThat(seen).contains(CollectedKind.REPACKED, CollectedKind.PACK);
        assertThat(rounds).isGreaterThan(12);
        reporter.publishEntry("repacking", "%d power failures, seeds from %d, 0 lost".formatted(rounds, Crashes.SEED));
    }

    /// The power fails when all is done: what was not forced may be gone.
    @ParameterizedTest
    @EnumSource(SkippedSync.Step.class)
    void withoutOneOfTheSyncsSomethingIs(SkippedSync.Step step) throws IOException {
        assertThat(round(Integer.MAX_VALUE, OptionalLong.empty(), files -> new SkippedSync(files, step))
                        .wrong())
                .isNotEmpty();
    }

    /// @param ended whether the collection came to its end before the power failed
    private record Round(boolean ended, List<String> wrong) {}

    /// @param seed of what is lost; empty for all that can be
    private Round round(int changes, OptionalLong seed, UnaryOperator<FileOperations> skipping) throws IOException {
        rounds++;
        Path before = parent.resolve("before-" + rounds);
        Path after = parent.resolve("after-" + rounds);
        StoreCopy.of(made, before);
        Path graves = parent.resolve("graves-" + rounds);
        CrashingFiles files = seed.isPresent()
                ? new CrashingFiles(Disk.standard(), graves, seed.getAsLong(), changes)
                : CrashingFiles.losingAll(Disk.standard(), graves, changes);
        boolean ended;
        try (Store store = TestStores.open(
                before, StoreKind.ENGINE, StoreOptions.standard().withFiles(skipping.apply(files)))) {
            ended = collect(store);
            files.losePower();
            StoreCopy.of(before, after);
        }
        try (Store store = TestStores.open(after, StoreKind.ENGINE)) {
            return new Round(ended, wrong(store));
        }
    }

    /// @return false when the power failed
    private boolean collect(Store store) {
        try {
            return store.collector()
                    .collect(AT_ONCE, (kind, _, _) -> seen.add(kind))
                    .isPresent();
        } catch (IOException | DrayException powerFailed) {
            return false;
        }
    }

    private List<String> wrong(Store store) throws IOException {
        List<String> wrong = new ArrayList<>(unreadable(store));
        assertThat(store.collector().collect(AT_ONCE, CollectListener.NONE)).isPresent();
        wrong.addAll(unreadable(store));
        store.check().run(new CheckOptions(true, false)).findings().forEach(finding -> wrong.add(finding.toString()));
        return wrong;
    }

    private List<String> unreadable(Store store) {
        List<String> unreadable = new ArrayList<>();
        for (Digest digest : kept) {
            try {
                if (!Digest.sha256(Samples.read(store.blobs().find(APP, digest).orElseThrow()))
                        .equals(digest)) {
                    unreadable.add("other bytes for " + digest);
                }
            } catch (IOException | RuntimeException e) {
                unreadable.add(digest + ": " + e);
            }
        }
        return unreadable;
    }
}
