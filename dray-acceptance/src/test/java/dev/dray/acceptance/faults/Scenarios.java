package dev.dray.acceptance.faults;

import dev.dray.acceptance.faults.Scenario.Preparation;
import java.nio.file.Files;
import java.util.List;

/// Every command that changes an engine's store, or writes an archive from it.
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all(FaultStage stage) {
        MadeImage before = stage.before();
        MadeImage next = stage.next();
        String archive = stage.home().resolve("next.tar").toString();
        String out = stage.out().toString();
        Preparation one = on -> pull(on, before);
        Preparation two = on -> {
            pull(on, before, next);
            Files.createDirectories(on.out());
        };
        return List.of(
                Scenario.of("pull", one, "pull", "--quiet", next.name())
                        .keeps(before)
                        .brings(next),
                Scenario.of("pull --later", one, "pull", "--later", "--quiet", next.name())
                        .keeps(before)
                        .brings(next),
                Scenario.of("convert to recipes", Scenarios::pullLater, "layers", "convert", "--all", "--quiet")
                        .keeps(before, next),
                Scenario.of("convert to files", two, "layers", "convert", "--all", "--keep", "blob", "--quiet")
                        .keeps(before, next),
                Scenario.of("prune", Scenarios::makeGarbage, "prune", "--grace", "0s", "--quiet")
                        .keeps(next),
                Scenario.of("load", on -> pullAndSave(on, archive), "load", "--quiet", "-i", archive)
                        .keeps(before)
                        .brings(next),
                Scenario.of("save", two, "save", "--quiet", "-o", out + "/next.tar", next.name())
                        .keeps(before, next)
                        .writesBeside(),
                Scenario.of("copy", two, "copy", "--quiet", "store:" + next.name(), "oci:" + out + "/next:1")
                        .keeps(before, next)
                        .writesBeside());
    }

    private static void pull(FaultStage stage, MadeImage... images) {
        for (MadeImage image : images) {
            stage.dray().run("pull", "--quiet", image.name()).succeeded();
        }
    }

    private static void pullLater(FaultStage stage) {
        pull(stage, stage.before());
        stage.dray().run("pull", "--later", "--quiet", stage.next().name()).succeeded();
    }

    /// Makes one layer's pack mostly garbage, others wholly, and some blob files too.
    private static void makeGarbage(FaultStage stage) {
        pull(stage, stage.before(), stage.next());
        stage.dray().run("pull", "--later", "--quiet", stage.last().name()).succeeded();
        stage.forget(stage.before());
        stage.forget(stage.last());
    }

    private static void pullAndSave(FaultStage stage, String archive) {
        pull(stage, stage.before());
        stage.maker().run("save", "--quiet", "-o", archive, stage.next().name()).succeeded();
    }
}
