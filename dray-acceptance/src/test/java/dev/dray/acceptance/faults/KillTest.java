package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.model.Digest;
import dev.dray.seeds.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A command killed at any system call loses no earlier content, and its second run completes.
///
/// A few kills of each command in CI; `-Ddray.kills=40` for more of them, `-Ddray.seed=N` for the same ones. One line
/// at the end reports the kills and their results.
@NeedsPeer(Peer.STRACE)
@Tag("share")
class KillTest {
    private static final int KILLS = Integer.getInteger("dray.kills", 6);
    private static final long SEED = Seeds.of(KillTest.class);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostAndTheSecondRunGoesOn(TestReporter reporter) throws Exception {
        try (FaultCampaign campaign = FaultCampaign.in(folder, SEED)) {
            campaign.play(new Kills(), "kills at system calls", reporter);
            assertThat(campaign.struck()).isGreaterThanOrEqualTo(campaign.commands() * KILLS * 3 / 4);
        }
    }

    private static final class Kills implements FaultCampaign.Fault {
        @Override
        public List<FaultCampaign.Strike> strikes(FaultPoints points, Random random) {
            return points.some(KILLS, random).stream()
                    .map(point -> new FaultCampaign.Strike("killed", point, point.kill()))
                    .toList();
        }

        @Override
        public boolean happened(Traced run) {
            return run.killed();
        }

        @Override
        public List<String> wrong(
                FaultCampaign.Strike strike, Traced run, Map<String, Digest> found, Map<String, Digest> written) {
            return halves(found, written);
        }
    }

    /// The incomplete files beside the store: each must be whole or absent, and a layout's index must follow the
    /// files it lists.
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
