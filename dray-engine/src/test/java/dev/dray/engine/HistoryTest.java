package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.repository.HistoryStep;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.testkit.RandomImage;
import dev.dray.testkit.TarBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @AutoClose
    private final EngineHost host = EngineHost.create();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void stepsComeLastFirstAndThoseWithALayerHaveItsSize() throws IOException {
        byte[] layer = new TarBytes().file("a", "x".repeat(3000)).toByteArray();
        String config = """
            {"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created":"2023-11-14T22:13:20Z","created_by":"ADD file in /"},
                        {"created_by":"CMD [\\"sh\\"]","comment":"last","empty_layer":true}]}
            """.formatted(Digest.sha256(layer));
        Path archive = new TarBytes()
                .file("c", config)
                .file("l", layer)
                .manifest("c", List.of("l"), List.of("app:1"))
                .write(folder.resolve("a.tar"));
        LoadedImage loaded = host.engine
                .load(new ArchiveInput.File(archive), TransferListener.silent())
                .getFirst();

        List<HistoryStep> steps = host.engine.history(host.engine.image("app:1"));

        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().image()).contains(loaded.id());
        assertThat(steps.getFirst().comment()).contains("last");
        assertThat(steps.getFirst().size()).isZero();
        assertThat(steps.getLast().image()).isEmpty();
        assertThat(steps.getLast().createdBy()).contains("ADD file in /");
        assertThat(steps.getLast().size()).isPositive();
    }

    @Test
    void layersWithoutHistoryAreStepsWithoutWords() throws IOException {
        host.serve(RandomImage.of(1, 2, 100), "team/app:1");
        host.pull("team/app:1");

        List<HistoryStep> steps = host.engine.history(host.image("team/app:1"));

        assertThat(steps).hasSize(2).allMatch(step -> step.createdBy().isEmpty() && step.size() > 0);
    }

    @Test
    void anArtifactHasNone() throws IOException {
        RandomImage image = RandomImage.of(2, 1, 100);
        host.serve(image, "team/app:1");
        Reference sbom = host.name("team/app@"
                + TestReferrer.of(image.manifest(), "sbom")
                        .attach(host.name("team/app:1"))
                        .digest());
        host.engine.pull(sbom, PullOptions.of(PlatformChoice.host()), TransferListener.silent());

        assertThatThrownBy(() -> host.engine.history(host.engine.image(sbom.toString())))
                .satisfies(kind(DrayException.Kind.UNSUPPORTED));
    }
}
