package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.model.Digest;
import dev.dray.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails at one system call: the command says so and of what, loses nothing, and succeeds the next time.
///
/// `-Ddray.errors=20` for more of them, `-Ddray.seed=N` for the same ones.
@NeedsPeer(Peer.STRACE)
class DiskErrorTest {
    private static final int ERRORS = Integer.getInteger("dray.errors", 2);
    private static final long SEED = Seeds.of(DiskErrorTest.class);

    /// Surefire shows no report entries.
    private static final System.Logger LOG = System.getLogger(DiskErrorTest.class.getName());

    @TempDir
    static Path folder;

    private static FaultStage stage;
    private static StoreState state;
    private static int errors;

    @BeforeAll
    static void setTheStage() throws Exception {
        stage = FaultStage.set(folder);
        state = new StoreState(stage);
    }

    @AfterAll
    static void leaveIt() {
        stage.close();
    }

    @Test
    void everyErrorIsToldAndNothingIsLost(TestReporter reporter) throws Exception {
        Random random = new Random(SEED);
        List<String> wrong = new ArrayList<>();
        List<Scenario> scenarios = Scenarios.all(stage);
        for (Scenario scenario : scenarios) {
            play(scenario, random, wrong);
        }
        String line = "%d failed syncs, renames and writes in %d commands, seed %d, %d losses or silences"
                .formatted(errors, scenarios.size(), SEED, wrong.size());
        LOG.log(System.Logger.Level.INFO, line);
        reporter.publishEntry("errors", line);
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(errors).isGreaterThanOrEqualTo(scenarios.size() * ERRORS);
    }

    private static void play(Scenario scenario, Random random, List<String> wrong) throws Exception {
        Path kept = stage.prepare(scenario);
        Traced rehearsal = stage.trace(List.of(), scenario.words());
        rehearsal.outcome().succeeded();
        Map<String, Digest> written = state.beside();
        FaultPoints points =
                FaultPoints.of(rehearsal.calls(), scenario.beside() ? stage.out() : stage.store(), !scenario.beside());
        for (FaultPoint point : points.only("fsync", "fdatasync", "rename").some(ERRORS, random)) {
            strike(scenario, kept, point, "EIO", written, wrong);
        }
        for (FaultPoint point : points.only("write").some(ERRORS, random)) {
            strike(scenario, kept, point, "ENOSPC", written, wrong);
        }
    }

    private static void strike(
            Scenario scenario,
            Path kept,
            FaultPoint point,
            String error,
            Map<String, Digest> written,
            List<String> wrong)
            throws Exception {
        stage.putBack(kept);
        Traced run = stage.trace(point.fail(error), scenario.words());
        if (!run.injected()) {
            return;
        }
        errors++;
        List<String> found = new ArrayList<>(untold(run.outcome(), error));
        found.addAll(state.lost(scenario.has()));
        stage.dray().run(scenario.words()).succeeded();
        List<MadeImage> all = new ArrayList<>(scenario.has());
        all.addAll(scenario.brings());
        state.strays().forEach(stray -> found.add("a stray " + stray));
        found.addAll(state.lost(all));
        if (!state.beside().equals(written)) {
            found.add("the second run wrote %s and not %s".formatted(state.beside(), written));
        }
        found.forEach(what -> wrong.add("%s, %s at %s: %s".formatted(scenario, error, point, what)));
    }

    /// What a message should have said.
    private static List<String> untold(Outcome outcome, String error) {
        String errors = outcome.errors();
        boolean named = error.equals("ENOSPC")
                ? errors.contains("space")
                : errors.contains(folder.toString()) || errors.contains("catalog of the store");
        return outcome.exitCode() == 1 && named && errors.contains("dray: ") && !errors.contains("\tat ")
                ? List.of()
                : List.of(outcome.toString());
    }
}
