package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.ClientOptions;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.Engine;
import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.copy.CopyReport;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.MediaType;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of other engines in Dray's store.
class ImportTest {
    private static final TestTar FIRST = new TestTar().file("etc/first", TestTar.content(300_000, 1));
    private static final TestTar SECOND = new TestTar()
            .file("etc/first", TestTar.content(300_000, 1))
            .file("etc/second", TestTar.content(200_000, 2));
    private static final List<MadeLayer> LAYERS =
            List.of(MadeLayer.by(Maker.GO_DEFAULT, FIRST), MadeLayer.by(Maker.PGZIP, SECOND));
    private static final Reference NAME = Reference.parse(MadeStore.NAME);

    @TempDir
    private Path folder = Path.of("");

    private @Nullable Engine opened;

    @BeforeEach
    void open() {
        opened = Engine.open(folder.resolve("store"), TestStores.options(), ClientOptions.builder());
    }

    private Engine engine() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() {
        engine().close();
    }

    private CopyReport take(MadeStore made) throws IOException {
        AdoptedImage image =
                engine().adopter(BlobPrefixes.none(), 1, Effort.WHOLE).source(made.image(), AdoptListener.silent());
        return engine().adopt(image, NAME, TransferListener.silent());
    }

    private MadeStore made() throws IOException {
        return MadeStore.create(HostEngine.CONTAINERS, folder.resolve("containers"), "overlay", LAYERS);
    }

    private List<Path> blobFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("store/blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void anImportedImageIsWholeAndItsLayersWereNeverFiles() throws IOException {
        CopyReport report = take(made());
        assertThat(report.digests())
                .containsExactly(
                        MadeStore.manifest(LAYERS, MediaType.OCI_LAYER_GZIP).sha256());
        assertThat(blobFiles()).isEmpty();
        assertThat(engine().verify(List.of(engine().image(MadeStore.NAME)), TransferListener.silent())
                        .findings())
                .isEmpty();
    }

    @Test
    void importingAgainTakesNothing() throws IOException {
        take(made());
        assertThat(take(made()).moved()).isZero();
    }

    @Test
    void aDamagedLayerIsNotTaken() throws IOException {
        MadeStore made = made();
        byte[] changed = TestTar.content(200_000, 2);
        changed[7] ^= 1;
        Files.write(made.folders().getLast().resolve("etc/second"), changed);
        assertThatThrownBy(() -> take(made))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT));
        assertThatThrownBy(() -> engine().image(MadeStore.NAME)).isInstanceOf(DrayException.class);
    }

    @Test
    void layersThatNeverHadABlobAreTakenInDraysOwnProfile() throws IOException {
        MadeStore made = MadeStore.create(
                HostEngine.DOCKER,
                folder.resolve("docker"),
                "overlay2",
                List.of(MadeLayer.without(FIRST), MadeLayer.without(SECOND)));
        assertThat(take(made).notes()).hasSize(1).first().asString().contains("a new manifest was created");
        assertThat(blobFiles()).isEmpty();
    }
}
