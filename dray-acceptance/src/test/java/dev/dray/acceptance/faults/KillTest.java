package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
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

/// A command that is killed at any system call loses nothing that was there, and its second run goes on to the end.
///
/// A few kills of each command in CI; `-Ddray.kills=40` for more of them, `-Ddray.seed=N` for the same ones. What
/// was chosen and what came of it is one line at the end.
@NeedsPeer(Peer.STRACE)
class KillTest {
    private static final int KILLS = Integer.getInteger("dray.kills", 6);
    private static final long SEED = Seeds.of(KillTest.class);

    /// Surefire shows no report entries.
    private static final System.Logger LOG = System.getLogger(KillTest.class.getName());

    @TempDir
    static Path folder;

    private static FaultStage stage;
    private static StoreState state;
    private static int kills;

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
    void nothingIsLostAndTheSecondRunGoesOn(TestReporter reporter) throws Exception {
        Random random = new Random(SEED);
        List<Scenario> scenarios = Scenarios.all(stage);
        List<String> lost = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            int before = kills;
            FaultPoints points = play(scenario, random, lost);
            reporter.publishEntry(
                    scenario.name(),
                    "%d kills at %d steps and %d other calls"
                            .formatted(
                                    kills - before,
                                    points.steps().size(),
                                    points.others().size()));
        }
        String line = "%d kills at system calls of %d commands, seed %d, %d losses"
                .formatted(kills, scenarios.size(), SEED, lost.size());
        LOG.log(System.Logger.Level.INFO, line);
        reporter.publishEntry("kills", line);
        assertThat(lost).as("seed %d", SEED).isEmpty();
        assertThat(kills).isGreaterThanOrEqualTo(scenarios.size() * KILLS * 3 / 4);
    }

    /// Rehearses a command, and kills it at some of the calls that were seen.
    private static FaultPoints play(Scenario scenario, Random random, List<String> lost) throws Exception {
        Path kept = stage.prepare(scenario);
        Traced rehearsal = stage.trace(List.of(), scenario.words());
        rehearsal.outcome().succeeded();
        Map<String, Digest> written = state.beside();
        FaultPoints points =
                FaultPoints.of(rehearsal.calls(), scenario.beside() ? stage.out() : stage.store(), !scenario.beside());
        for (FaultPoint point : points.some(KILLS, random)) {
            stage.putBack(kept);
            Traced run = stage.trace(point.kill(), scenario.words());
            if (run.killed()) {
                kills++;
                for (String what : afterwards(scenario, written)) {
                    lost.add("%s, killed at %s: %s".formatted(scenario, point, what));
                }
            }
        }
        state.checkByCommand();
        return points;
    }

    /// What is wrong after a kill and after the second run.
    private static List<String> afterwards(Scenario scenario, Map<String, Digest> written) throws Exception {
        List<String> wrong = new ArrayList<>(state.lost(scenario.has()));
        wrong.addAll(halves(state.beside(), written));
        stage.dray().run(scenario.words()).succeeded();
        List<MadeImage> all = new ArrayList<>(scenario.has());
        all.addAll(scenario.brings());
        state.strays().forEach(stray -> wrong.add("a stray " + stray));
        wrong.addAll(state.lost(all));
        if (!state.beside().equals(written)) {
            wrong.add("the second run wrote %s and not %s".formatted(state.beside(), written));
        }
        return wrong;
    }

    /// What is written beside the store is whole or absent, and a layout's list comes after what it lists.
    private static List<String> halves(Map<String, Digest> found, Map<String, Digest> written) {
        List<String> halves = new ArrayList<>();
        found.forEach((file, digest) -> {
            if (!digest.equals(written.get(file))) {
                halves.add("half of " + file);
            }
        });
        boolean listed = found.keySet().stream().anyMatch(file -> file.endsWith("index.json"));
        if (listed && !found.equals(written)) {
            halves.add("a list of what is not there");
        }
        return halves;
    }
}
