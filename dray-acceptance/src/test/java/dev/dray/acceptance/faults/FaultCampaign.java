package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.model.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;

/// Injects faults into each command of [Scenarios] at system calls seen in a rehearsal, and runs the command again:
/// earlier content survives, and the second run completes.
final class FaultCampaign implements AutoCloseable {
    private final FaultStage stage;
    private final StoreState state;
    private final long seed;
    private final Random random;
    private final List<String> wrong = new ArrayList<>();
    private int commands;
    private int struck;

    private FaultCampaign(FaultStage stage, long seed) {
        this.stage = stage;
        this.state = new StoreState(stage);
        this.seed = seed;
        this.random = new Random(seed);
    }

    static FaultCampaign in(Path folder, long seed) throws Exception {
        return new FaultCampaign(FaultStage.set(folder), seed);
    }

    /// A fault at one call of a command.
    ///
    /// @param name of the fault, for messages
    /// @param options of strace that inject it
    record Strike(String name, FaultPoint point, List<String> options) {}

    /// A kind of fault.
    interface Fault {
        /// The strikes to make, at calls of the rehearsal.
        List<Strike> strikes(FaultPoints points, Random random);

        /// Whether the command reached the fault.
        boolean happened(Traced run);

        /// The problems visible at once, before the second run.
        ///
        /// @param found the files beside the store
        /// @param written the files that the rehearsal wrote there
        List<String> wrong(Strike strike, Traced run, Map<String, Digest> found, Map<String, Digest> written);
    }

    /// Runs all commands.
    ///
    /// @param what names the faults in the final line
    void play(Fault fault, String what, TestReporter reporter) throws Exception {
        for (Scenario scenario : Scenarios.all(stage)) {
            int before = struck;
            FaultPoints points = play(scenario, fault);
            reporter.publishEntry(
                    scenario.name(),
                    "%d %s at %d steps and %d other calls"
                            .formatted(
                                    struck - before,
                                    what,
                                    points.steps().size(),
                                    points.others().size()));
            commands++;
        }
        String line = "%d %s in %d commands, seed %d, %d losses or silences"
                .formatted(struck, what, commands, seed, wrong.size());
        System.out.println(line);
        reporter.publishEntry(what, line);
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }

    int struck() {
        return struck;
    }

    int commands() {
        return commands;
    }

    /// Rehearses a command, and strikes it at some of its calls.
    private FaultPoints play(Scenario scenario, Fault fault) throws Exception {
        Path kept = stage.prepare(scenario);
        Traced rehearsal = stage.trace(List.of(), scenario.words());
        rehearsal.outcome().succeeded();
        Map<String, Digest> written = state.beside();
        FaultPoints points =
                FaultPoints.of(rehearsal.calls(), scenario.beside() ? stage.out() : stage.store(), !scenario.beside());
        for (Strike strike : fault.strikes(points, random)) {
            stage.putBack(kept);
            Traced run = stage.trace(strike.options(), scenario.words());
            if (fault.happened(run)) {
                struck++;
                List<String> found = new ArrayList<>(fault.wrong(strike, run, state.beside(), written));
                found.addAll(afterwards(scenario, written));
                found.forEach(
                        loss -> wrong.add("%s, %s at %s: %s".formatted(scenario, strike.name(), strike.point(), loss)));
            }
        }
        state.checkByCommand();
        return points;
    }

    /// The problems after a fault and after the second run.
    private List<String> afterwards(Scenario scenario, Map<String, Digest> written) throws Exception {
        List<String> found = new ArrayList<>(state.lost(scenario.has()));
        stage.dray().run(scenario.words()).succeeded();
        List<MadeImage> all = new ArrayList<>(scenario.has());
        all.addAll(scenario.brings());
        state.strays().forEach(stray -> found.add("a stray " + stray));
        found.addAll(state.lost(all));
        if (!state.beside().equals(written)) {
            found.add("the second run wrote %s and not %s".formatted(state.beside(), written));
        }
        return found;
    }

    @Override
    public void close() {
        stage.close();
    }
}
