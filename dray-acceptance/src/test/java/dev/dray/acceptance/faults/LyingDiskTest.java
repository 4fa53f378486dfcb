package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.SystemCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that silently stores wrong bytes for a pack: the proof reads them back, and no file is dropped.
@NeedsPeer(Peer.STRACE)
class LyingDiskTest {
    /// The number of file names that a process may use.
    private static final int NAMES = 40;
    /// Overwrites the first four bytes of a write.
    private static final String WRONG = "-einject=write:poke_enter=@arg2=d0d1d2d3";

    private static final String[] CONVERT = {"layers", "convert", "--all", "--quiet"};

    @TempDir
    static Path folder;

    private static FaultStage stage;
    private static StoreState state;
    private static Path kept;

    @BeforeAll
    static void setTheStage() throws Exception {
        stage = FaultStage.set(folder);
        state = new StoreState(stage);
        kept = stage.prepare(Scenario.of(
                "later",
                on -> on.dray()
                        .run("pull", "--later", "--quiet", on.next().name())
                        .succeeded(),
                "images"));
    }

    @AfterAll
    static void leaveIt() {
        stage.close();
    }

    /// Converts to recipes while the disk corrupts the named files in the store's `staging`.
    private static Traced convert(List<String> names) throws Exception {
        stage.putBack(kept);
        List<String> options = new ArrayList<>(List.of(WRONG));
        names.forEach(
                name -> options.add("-P" + stage.store().resolve("staging").resolve(name)));
        Traced run = stage.trace(options, CONVERT);
        assertThat(run.injected()).isTrue();
        return run;
    }

    @Test
    void packThatIsWrongAtEachTryCostsNoFile() throws Exception {
        Traced run = convert(IntStream.range(1, 3 * NAMES)
                .mapToObj(number -> (1 + number / NAMES) + "-" + number % NAMES)
                .toList());

        assertThat(run.outcome().exited(1).errors())
                .contains("dray: ", "which keeps its file", "pack")
                .doesNotContain("\tat ");
        assertThat(state.files("blobs")).hasSize(2);
        try (var store = stage.openStore()) {
            assertThat(stage.next().lost(store)).isEmpty();
        }

        stage.dray().run(CONVERT).succeeded();
        assertThat(state.files("blobs")).isEmpty();
        assertThat(state.strays()).isEmpty();
        assertThat(state.lost(List.of(stage.next()))).isEmpty();
    }

    @Test
    void packThatIsWrongOnceIsWrittenAgain() throws Exception {
        stage.putBack(kept);
        String first = stage.trace(List.of(), CONVERT)
                .calls()
                .first(call -> call.name().equals("rename") && call.text().contains("/packs/"))
                .flatMap(SystemCalls.Call::path)
                .orElseThrow();

        convert(List.of(first)).outcome().succeeded();

        assertThat(state.files("blobs")).isEmpty();
        try (var store = stage.openStore()) {
            assertThat(stage.next().lost(store)).isEmpty();
        }
        stage.dray().run("prune", "--grace", "0s").succeeded();
        assertThat(state.lost(List.of(stage.next()))).isEmpty();
    }
}
