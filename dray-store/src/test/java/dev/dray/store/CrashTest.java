package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.SkippedSync;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was acknowledged survives a power failure at any moment; and the simulated failure is one that would show
/// it if one of the syncs were missing.
@Tag("share")
final class CrashTest {
    private static final int SEEDS = 60;
    private static final int WRITERS = 4;

    @TempDir
    Path parent;

    @Test
    void acknowledgedBlobsSurviveAPowerFailure(TestReporter reporter) throws Exception {
        int acknowledged = 0;
        for (int round = 0; Crashes.more(round, acknowledged > Crashes.ROUNDS); round++) {
            CrashRounds.Crash crash = rounds().crash(Crashes.SEED + round);
            crash.lostNothing();
            acknowledged += crash.acknowledged();
        }
        assertThat(acknowledged).isGreaterThan(Crashes.ROUNDS);
        reporter.publishEntry("acknowledged blobs", Crashes.line(acknowledged));
    }

    @ParameterizedTest
    @EnumSource(SkippedSync.Step.class)
    void withoutOneOfTheSyncsTheyDoNot(SkippedSync.Step step) throws Exception {
        Set<Digest> lost = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && lost.isEmpty(); seed++) {
            lost.addAll(
                    rounds().crash(seed, files -> new SkippedSync(files, step)).lost());
        }
        assertThat(lost).isNotEmpty();
    }

    private CrashRounds rounds() {
        return new CrashRounds(parent, StoreKind.REGISTRY, WRITERS, 200, (store, random, acknowledged) -> {
            byte[] content = Samples.bytes(random.nextLong(), 17_000 + random.nextInt(100_000));
            acknowledged.add(Samples.publish(store, APP, content));
        });
    }
}
