package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.push.TransferListener;
import dev.dray.engine.keep.KeepListener;
import dev.dray.engine.keep.Kept;
import dev.dray.engine.keep.ListedLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LayerRepairTest {
    private static final int LARGE = 50_000;

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 1, LARGE);
    private final Digest layer = image.manifest().layers().getFirst().digest();

    private void pullAndDamage() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");
        EngineHost.damagePacks(host.images);
    }

    private LayerCheck verify(boolean mend) throws IOException {
        return host.engine
                .keeping()
                .verify(
                        List.of(host.image("team/app:1")),
                        Optional.empty(),
                        mend,
                        KeepListener.of(TransferListener.silent()));
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
            assertThat(finding.mended()).isEmpty();
        });
    }

    @Test
    void damagedLayerIsMendedFromWhereItWasSeenAndIsARecipeAgain() throws IOException {
        pullAndDamage();

        assertThat(verify(true).unmended()).isZero();

        assertThat(verify(false).findings()).isEmpty();
        assertThat(host.engine.keeping().layers(List.of(host.image("team/app:1"))))
                .extracting(ListedLayer::kept)
                .hasOnlyElementsOfType(Kept.AsRecipe.class);
        assertThat(EngineHost.files(host.images, layer)).isEmpty();
    }

    @Test
    void pushMeetsDamageAndFetchesTheBlobAgain() throws IOException {
        pullAndDamage();
        try (EngineHost other = EngineHost.create()) {
            host.engine.tag(host.name("team/app:1").toString(), other.name("app:1"));

            host.engine.push(List.of(other.name("app:1")), TransferListener.silent());

            assertThat(other.served("app:1")).isEqualTo(image.manifest().raw().sha256());
        }
    }

    @Test
    void pushOfADamagedLayerThatNobodyHasNamesTheImages() throws IOException {
        pullAndDamage();
        EngineHost.damage(host.served, layer);
        try (EngineHost other = EngineHost.create()) {
            host.engine.tag(host.name("team/app:1").toString(), other.name("app:1"));

            assertThatThrownBy(() -> host.engine.push(List.of(other.name("app:1")), TransferListener.silent()))
                    .satisfies(kind(DrayException.Kind.CORRUPT))
                    .hasMessageContaining(layer.toString())
                    .hasMessageContaining(host.name("team/app:1").familiar());
            assertThatThrownBy(() -> other.served("app:1")).isInstanceOf(DrayException.class);
        }
    }
}
