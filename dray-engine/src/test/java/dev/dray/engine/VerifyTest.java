package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.engine.copy.PullReport;
import dev.dray.engine.policy.StorageForm;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class VerifyTest {
    @AutoClose
    private final EngineHost host = EngineHost.create().keeping(StorageForm.BLOB);

    private final RandomImage image = RandomImage.of(1, 2, 50_000);
    private final Digest layer = image.manifest().layers().getFirst().digest();

    private void pull() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");
    }

    @Test
    void bitThatTurnedOverIsFound() throws IOException {
        pull();
        EngineHost.damage(host.images, layer);

        assertThat(host.verify().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.digest()).isEqualTo(layer);
            assertThat(finding.image()).isEqualTo(host.name("team/app:1"));
        });
    }

    @Test
    void whatWasFoundDamagedIsHealedByTheNextPull() throws IOException {
        pull();
        EngineHost.damage(host.images, layer);
        host.verify();

        PullReport report = host.pull("team/app:1");

        assertThat(report.fetched()).isEqualTo(1);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void blobWhoseFileIsGoneIsFound() throws IOException {
        pull();
        assertThat(EngineHost.file(host.images, layer).toFile().delete()).isTrue();

        assertThat(host.verify().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.digest()).isEqualTo(layer));
    }

    @Test
    void layerWhoseTarIsNotThatOfTheConfigIsFound() throws IOException {
        RandomImage.Layer honest = RandomImage.Layer.random(java.util.random.RandomGenerator.getDefault(), 0, 100);
        Digest wrong = Digest.sha256(new byte[] {1});
        host.serve(RandomImage.of(List.of(new RandomImage.Layer(honest.blob(), wrong)), 1), "team/app:1");
        host.pull("team/app:1");

        assertThat(host.verify().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains(wrong.toString(), honest.diffId().toString()));
    }

    @Test
    void layerThatIsNoGzipThoughItSaysSoIsFound() throws IOException {
        RawBytes text = RawBytes.utf8("not gzip");
        host.serve(RandomImage.of(List.of(new RandomImage.Layer(text, text.sha256())), 1), "team/app:1");
        host.pull("team/app:1");

        assertThat(host.verify().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("no whole gzip"));
    }
}
