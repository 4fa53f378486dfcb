package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.archive.ArchiveName;
import dev.dray.engine.archive.ArchiveWriter;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.policy.LayerState.Form;
import dev.dray.engine.policy.ListedLayer;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.LayerCheck;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.fixture.TestStores;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerRepairTest {
    private static final int LARGE = 50_000;
    private static final int SEVERAL_FRAMES = 4_000_000;

    @TempDir
    private Path folder = Path.of("");

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 1, LARGE);
    private final Digest layer = image.manifest().layers().getFirst().digest();

    private void pullAndDamage() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");
        EngineHost.damagePacks(host.images);
    }

    private LayerCheck verify(boolean repair) throws IOException {
        return host.engine
                .layerStorage()
                .verify(
                        List.of(host.image("team/app:1")),
                        Optional.empty(),
                        repair,
                        PolicyListener.of(TransferListener.silent()));
    }

    @Test
    void healthyLayersAreVerifiedInFull() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");

        LayerCheck check = verify(false);

        assertThat(check.findings()).isEmpty();
        assertThat(check.bytes()).isEqualTo(image.blob(layer).size());
    }

    @Test
    void bitThatTurnedInAPackIsFoundAndItsImagesNamed() throws IOException {
        pullAndDamage();

        assertThat(verify(false).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.blob().digest()).isEqualTo(layer);
            assertThat(finding.images()).containsExactly(host.name("team/app:1"));
            assertThat(finding.repaired()).isEmpty();
        });
    }

    @Test
    void damagedLayerIsMendedFromWhereItWasSeenAndIsARecipeAgain() throws IOException {
        pullAndDamage();

        assertThat(verify(true).unrepaired()).isZero();

        assertThat(verify(false).findings()).isEmpty();
        assertThat(host.engine.layerStorage().layers(List.of(host.image("team/app:1"))))
                .extracting(ListedLayer::form)
                .hasOnlyElementsOfType(Form.Recipe.class);
        assertThat(EngineHost.files(host.images, layer)).isEmpty();
    }

    @Test
    void pushMeetsDamageAndFetchesTheBlobAgain() throws IOException {
        pullAndDamage();
        try (EngineHost other = EngineHost.create()) {
            host.engine.tag(host.name("team/app:1").toString(), other.name("app:1"));

            host.engine.push(List.of(other.name("app:1")), PushOptions.standard(), TransferListener.silent());

            assertThat(other.served("app:1")).isEqualTo(image.manifest().raw().sha256());
        }
    }

    @Test
    void saveMeetsDamageInTheMiddleOfALayerAndGoesOnWithTheBlobFetchedAgain() throws IOException {
        RandomImage larger = RandomImage.of(3, 1, SEVERAL_FRAMES);
        host.serve(larger, "team/app:2");
        host.pull("team/app:2");
        EngineHost.damagePacks(host.images);
        Path archive = folder.resolve("app.tar");

        try (OutputStream out = Files.newOutputStream(archive)) {
            host.engine.save(
                    List.of(host.name("team/app:2").toString()),
                    new CopyOptions(new PlatformChoice.All(), false),
                    ArchiveWriter.to(out, ArchiveName.Kind.OCI),
                    TransferListener.silent());
        }

        try (EngineHost other = EngineHost.create()) {
            assertThat(other.engine.load(new ArchiveInput.File(archive), TransferListener.silent()))
                    .singleElement()
                    .extracting(LoadedImage::digest)
                    .isEqualTo(larger.manifest().raw().sha256());
        }
    }

    @Test
    void copyMeetsDamageAndFetchesTheBlobAgain() throws IOException {
        pullAndDamage();

        copyToLayout();

        OciLayout layout = OciLayout.open(folder.resolve("layout"));
        Descriptor blob = image.manifest().layers().getFirst();
        try (InputStream in = layout.blob(blob).open(0)) {
            assertThat(Digest.sha256(in.readAllBytes())).isEqualTo(layer);
        }
    }

    @Test
    void recipeBesideADamagedFileIsForgottenWhenTheFileIsFetchedAgain() throws IOException {
        host.keeping(StorageForm.BOTH).serve(image, "team/app:1");
        host.pull("team/app:1");
        EngineHost.damage(host.images, layer);
        assertThat(verify(false).findings()).hasSize(1);
        assertThat(hasRecipe(layer)).isTrue();

        copyToLayout();

        assertThat(host.bytes(layer)).isEqualTo(image.blob(layer).toByteArray());
        assertThat(hasRecipe(layer)).isFalse();
    }

    private boolean hasRecipe(Digest blob) {
        try (Store store = TestStores.open(host.images, StoreKind.ENGINE)) {
            return store.catalog()
                    .read(transaction -> transaction.recipes().find(blob).isPresent());
        }
    }

    @Test
    void copyOfADamagedLayerThatNobodyHasNamesTheImages() throws IOException {
        pullAndDamage();
        EngineHost.damage(host.served, layer);

        assertThatThrownBy(this::copyToLayout)
                .satisfies(kind(DrayException.Kind.CORRUPT))
                .hasMessageContaining(layer.toString())
                .hasMessageContaining(host.name("team/app:1").familiar());

        assertThat(folder.resolve("layout/index.json")).doesNotExist();
    }

    private void copyToLayout() throws IOException {
        host.engine.copy(
                ImageLocation.parse("store:" + host.name("team/app:1")),
                ImageLocation.parse("oci:" + folder.resolve("layout")),
                new CopyOptions(new PlatformChoice.All(), false),
                TransferListener.silent());
    }

    @Test
    void pushOfADamagedLayerThatNobodyHasNamesTheImages() throws IOException {
        pullAndDamage();
        EngineHost.damage(host.served, layer);
        try (EngineHost other = EngineHost.create()) {
            host.engine.tag(host.name("team/app:1").toString(), other.name("app:1"));

            assertThatThrownBy(() -> host.engine.push(
                            List.of(other.name("app:1")), PushOptions.standard(), TransferListener.silent()))
                    .satisfies(kind(DrayException.Kind.CORRUPT))
                    .hasMessageContaining(layer.toString())
                    .hasMessageContaining(host.name("team/app:1").familiar());
            assertThatThrownBy(() -> other.served("app:1")).isInstanceOf(DrayException.class);
        }
    }
}
