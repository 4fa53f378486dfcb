package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.fixture.TestStores;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mirrors whose disks turned a bit, which they have not noticed.
class MirrorPullTest {
    private static final int LARGE = 2_000_000;

    @TempDir
    private Path folder = Path.of("");

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @AutoClose
    private final EngineHost first = EngineHost.create();

    @AutoClose
    private final EngineHost second = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 3, LARGE);
    private final Digest layer = image.manifest().layers().getFirst().digest();

    @BeforeEach
    void damageTheFirstMirror() throws IOException {
        for (EngineHost place : List.of(host, first, second)) {
            place.serve(image, "team/app:1");
        }
        EngineHost.damage(first.served, layer);
    }

    private Digest pull() throws IOException {
        List<String> mirrors = List.of(first.registry.address(), second.registry.address());
        try (Engine engine =
                Engine.open(folder, TestStores.options(), EngineHost.options().mirrors(mirrors))) {
            engine.pull(
                    host.name("team/app:1"),
                    PullOptions.of(PlatformChoice.parse("linux/amd64")),
                    TransferListener.silent());
            VerifyReport report = engine.verify(
                    engine.images().stream().map(ImageSummary::image).toList(), TransferListener.silent());
            assertThat(report.findings()).isEmpty();
            return engine.images().getFirst().image().digest();
        }
    }

    @Test
    void damagedBlobComesFromTheNextMirror() throws IOException {
        EngineHost.damage(host.served, layer);

        assertThat(pull()).isEqualTo(image.manifest().raw().sha256());
    }

    @Test
    void blobThatEveryMirrorHasDamagedComesFromTheRegistry() throws IOException {
        EngineHost.damage(second.served, layer);

        assertThat(pull()).isEqualTo(image.manifest().raw().sha256());
    }

    @Test
    void blobThatEveryPlaceHasDamagedIsAskedOfEachOnce() throws IOException {
        EngineHost.damage(second.served, layer);
        EngineHost.damage(host.served, layer);

        assertThatThrownBy(this::pull)
                .satisfies(kind(DrayException.Kind.CORRUPT))
                .hasMessageContaining(host.registry.address());
    }
}
