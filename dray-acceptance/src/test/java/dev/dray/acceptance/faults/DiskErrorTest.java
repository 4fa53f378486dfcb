package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.faults.FaultStage.Traced;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
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

/// A disk that fails at one system call: the command names the failure and its object, loses nothing, and succeeds the
/// next time.
///
/// `-Ddray.errors=20` for more of them, `-Ddray.seed=N` for the same ones.
@NeedsPeer(Peer.STRACE)
@Tag("share")
class DiskErrorTest {
    private static final int ERRORS = Integer.getInteger("dray.errors", 2);
    private static final long SEED = Seeds.of(DiskErrorTest.class);

    @TempDir
    Path folder;

    @Test
    void everyErrorIsToldAndNothingIsLost(TestReporter reporter) throws Exception {
        try (FaultCampaign campaign = FaultCampaign.in(folder, SEED)) {
            campaign.play(new Errors(), "failed syncs, renames and writes", reporter);
            assertThat(campaign.struck()).isGreaterThanOrEqualTo(campaign.commands() * ERRORS);
        }
    }

    private final class Errors implements FaultCampaign.Fault {
        @Override
        public List<FaultCampaign.Strike> strikes(FaultPoints points, Random random) {
            List<FaultCampaign.Strike> strikes = new ArrayList<>();
            for (FaultPoint point : points.only("fsync", "fdatasync", "rename").some(ERRORS, random)) {
                strikes.add(new FaultCampaign.Strike("EIO", point, point.fail("EIO")));
            }
            for (FaultPoint point : points.only("write").some(ERRORS, random)) {
                strikes.add(new FaultCampaign.Strike("ENOSPC", point, point.fail("ENOSPC")));
            }
            return strikes;
        }

        @Override
        public boolean happened(Traced run) {
            return run.injected();
        }

        @Override
        public List<String> wrong(
                FaultCampaign.Strike strike, Traced run, Map<String, Digest> found, Map<String, Digest> written) {
            return untold(run.outcome(), strike.name());
        }
    }

    /// The parts missing from the command's message.
    private List<String> untold(Outcome outcome, String error) {
        String errors = outcome.errors();
        boolean named = error.equals("ENOSPC")
                ? errors.contains("space")
                : errors.contains(folder.toString()) || errors.contains("catalog of the store");
        return outcome.exitCode() == 1 && named && errors.contains("dray: ") && !errors.contains("\tat ")
                ? List.of()
                : List.of(outcome.toString());
    }
}
