package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that takes wrong bytes for a pack and says nothing: the proof reads what lies there, and no file goes.
@NeedsPeer(Peer.STRACE)
class LyingDiskTest {
    /// Names of files that a process may use.
    private static final int NAMES = 40;
    /// What the first four bytes of a write become.
    private static final String WRONG = "-einject=write:poke_enter=@arg2=d0d1d2d3:when=";

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

    private static Traced convert(String when) throws Exception {
        stage.putBack(kept);
        List<String> options = new ArrayList<>(List.of(WRONG + when));
        for (int process = 1; process < 4; process++) {
            for (int name = 0; name < NAMES; name++) {
                options.add("-P" + stage.store().resolve("staging/%d-%d".formatted(process, name)));
            }
        }
        Traced run = stage.trace(options, "layers", "convert", "--all", "--quiet");
        assertThat(run.injected()).isTrue();
        return run;
    }

    @Test
    void packThatIsWrongAtEachTryCostsNoFile() throws Exception {
        Traced run = convert("1+");

        assertThat(run.outcome().exited(1).errors())
                .contains("dray: ", "which keeps its file", "pack")
                .doesNotContain("\tat ");
        assertThat(state.files("blobs")).hasSize(2);
        try (var store = stage.openStore()) {
            assertThat(stage.next().lost(store)).isEmpty();
        }

        stage.dray().run("layers", "convert", "--all", "--quiet").succeeded();
        assertThat(state.files("blobs")).isEmpty();
        assertThat(state.strays()).isEmpty();
        assertThat(state.lost(List.of(stage.next()))).isEmpty();
    }

    @Test
    void packThatIsWrongOnceIsWrittenAgain() throws Exception {
        convert("1").outcome().succeeded();

        assertThat(state.files("blobs")).isEmpty();
        try (var store = stage.openStore()) {
            assertThat(stage.next().lost(store)).isEmpty();
        }
        stage.dray().run("prune", "--grace", "0s").succeeded();
        assertThat(state.lost(List.of(stage.next()))).isEmpty();
    }
}
