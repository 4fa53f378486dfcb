package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.policy.LayerState.Form;
import dev.dray.engine.policy.ListedLayer;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.PolicyReport;
import dev.dray.engine.policy.PolicyRule;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryPattern;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeepTest {
    private static final int LARGE = 50_000;
    private static final PolicyListener SILENT = PolicyListener.of(TransferListener.silent());

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 2, LARGE);
    private final Digest first = layer(image, 0);

    private static Digest layer(RandomImage image, int number) {
        return image.manifest().layers().get(number).digest();
    }

    private PolicyReport pull(String path, boolean later) throws IOException {
        host.serve(image, path);
        return host.engine
                .pull(host.name(path), new PullOptions(PlatformChoice.parse("linux/amd64"), false, later), SILENT)
                .policy();
    }

    private PolicyReport convert(String path, Optional<StorageForm> keep) throws IOException {
        return host.engine.layerStorage().convert(List.of(host.image(path)), keep, SILENT);
    }

    private List<Form> kept(String path) throws IOException {
        return host.engine.layerStorage().layers(List.of(host.image(path))).stream()
                .map(ListedLayer::form)
                .toList();
    }

    private int files() throws IOException {
        return EngineHost.files(host.images, first).size();
    }

    @Test
    void pulledLayersAreRecipesWithoutFilesAndComeBackByteForByte() throws IOException {
        PolicyReport report = pull("team/app:1", false);

        assertThat(report.count(Form.Recipe.class)).isEqualTo(2);
        assertThat(files()).isZero();
        assertThat(RawBytes.copyOf(host.bytes(first))).isEqualTo(image.blob(first));
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void pushOfRecipesGivesTheSameDigestsAnywhere() throws IOException {
        pull("team/app:1", false);

        try (EngineHost other = EngineHost.create()) {
            host.engine.tag(host.name("team/app:1").toString(), other.name("far/app:1"));
            host.engine.push(List.of(other.name("far/app:1")), PushOptions.standard(), TransferListener.silent());

            assertThat(other.served("far/app:1"))
                    .isEqualTo(image.manifest().raw().sha256());
            other.pull("far/app:1");
            assertThat(other.verify().findings()).isEmpty();
        }
    }

    @Test
    void putOffProofsAreMadeUpForByAConversion() throws IOException {
        assertThat(pull("team/app:1", true).layers())
                .extracting(layer -> layer.form())
                .containsOnly(new Form.Blob(Form.Reason.LATER));
        assertThat(files()).isOne();

        assertThat(convert("team/app:1", Optional.empty()).count(Form.Recipe.class))
                .isEqualTo(2);

        assertThat(files()).isZero();
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void conversionGoesThereAndBack() throws IOException {
        pull("team/app:1", false);

        assertThat(convert("team/app:1", Optional.of(StorageForm.BOTH)).count(Form.Both.class))
                .isEqualTo(2);
        assertThat(files()).isOne();

        assertThat(convert("team/app:1", Optional.of(StorageForm.BLOB)).count(Form.Blob.class))
                .isEqualTo(2);
        assertThat(RawBytes.copyOf(host.bytes(first))).isEqualTo(image.blob(first));

        assertThat(convert("team/app:1", Optional.of(StorageForm.RECIPE)).count(Form.Recipe.class))
                .isEqualTo(2);
        assertThat(files()).isZero();
    }

    @Test
    void mostGenerousRepositoryDecides() throws IOException {
        host.engine
                .layerStorage()
                .changePolicy(policy -> policy.with(
                        new PolicyRule(
                                RepositoryPattern.parseFamiliar(
                                        host.name("safe/app").fullName().value()),
                                ByteSize.ofBytes(0),
                                StorageForm.BLOB),
                        false));
        pull("team/app:1", false);
        assertThat(files()).isZero();
        host.engine.tag(host.name("team/app:1").toString(), host.name("safe/app:1"));

        convert("team/app:1", Optional.of(StorageForm.RECIPE));

        assertThat(files()).isOne();
        assertThat(kept("team/app:1")).containsOnly(new Form.Blob(Form.Reason.POLICY));
    }

    @Test
    void conversionOfSeveralImagesGivesEachLayerWhatItsOwnRepositoriesWant() throws IOException {
        RandomImage other = RandomImage.of(2, 1, LARGE);
        pull("team/app:1", false);
        host.serve(other, "jobs/report:1");
        host.engine.pull(
                host.name("jobs/report:1"), new PullOptions(PlatformChoice.parse("linux/amd64"), false, false), SILENT);
        host.engine
                .layerStorage()
                .changePolicy(policy -> policy.with(
                        new PolicyRule(
                                RepositoryPattern.parseFamiliar(
                                        host.name("team/app").fullName().value()),
                                ByteSize.ofBytes(0),
                                StorageForm.BOTH),
                        false));

        host.engine
                .layerStorage()
                .convert(List.of(host.image("team/app:1"), host.image("jobs/report:1")), Optional.empty(), SILENT);

        assertThat(files()).isOne();
        assertThat(EngineHost.files(host.images, layer(other, 0))).isEmpty();
    }

    @Test
    void pinnedImageGetsItsFilesBackAndKeepsThem() throws IOException {
        pull("team/app:1", false);

        assertThat(host.engine.layerStorage().pin(host.image("team/app:1"), SILENT))
                .isTrue();

        assertThat(files()).isOne();
        convert("team/app:1", Optional.of(StorageForm.RECIPE));
        assertThat(files()).isOne();
        assertThat(kept("team/app:1")).containsOnly(new Form.Blob(Form.Reason.PINNED));

        assertThat(host.engine.layerStorage().unpin(host.image("team/app:1"))).isTrue();
        convert("team/app:1", Optional.empty());
        assertThat(files()).isZero();
    }

    @Test
    void layerThatNothingMakesIsKeptAsItCameWithTheReason() throws IOException {
        byte[] noise = new byte[LARGE];
        new java.util.Random(7).nextBytes(noise);
        RawBytes blob = RawBytes.copyOf(noise);
        RandomImage odd = RandomImage.of(List.of(new RandomImage.Layer(blob, blob.sha256())), 1);
        host.serve(odd, "team/odd:1");

        PolicyReport report = host.pull("team/odd:1").policy();

        assertThat(report.verbatim())
                .singleElement()
                .satisfies(layer -> assertThat(layer.form())
                        .isInstanceOfSatisfying(
                                Form.Verbatim.class,
                                kept -> assertThat(kept.reason()).isNotEmpty()));
        assertThat(EngineHost.files(host.images, blob.sha256())).hasSize(1);
    }

    @Test
    void builtImageFollowsThePolicyToo() throws IOException {
        RandomImage.Layer layer = RandomImage.Layer.random(java.util.random.RandomGenerator.getDefault(), 0, LARGE);

        StoredImage built = host.engine.build(
                List.of(() -> layer.blob().stream()),
                new ImageSettings(
                        dev.dray.model.image.Platform.host(), java.time.Instant.EPOCH, List.of(), Optional.empty()),
                host.name("made/app:1"));

        assertThat(host.engine.layerStorage().layers(List.of(built)))
                .extracting(ListedLayer::form)
                .hasOnlyElementsOfType(Form.Recipe.class);
    }
}
