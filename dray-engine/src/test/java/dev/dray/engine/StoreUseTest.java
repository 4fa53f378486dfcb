package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.push.TransferListener;
import dev.dray.engine.keep.Keep;
import dev.dray.engine.keep.KeepListener;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StoreUseTest {
    private static final int LARGE = 50_000;

    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(9);
    private final RandomImage.Layer base = RandomImage.Layer.random(random, 0, LARGE);

    /// An image over the common base with a layer of its own.
    private void pull(String path, int salt) throws IOException {
        List<RandomImage.Layer> layers = new ArrayList<>(List.of(base, RandomImage.Layer.random(random, salt, LARGE)));
        host.serve(RandomImage.of(layers, salt), path);
        host.pull(path);
    }

    private StoreUse use() throws IOException {
        return host.engine
                .keeping()
                .use(host.engine.images().stream().map(ImageSummary::image).toList());
    }

    @Test
    void sharedFilesCountForBothAndOwnOnesForOne() throws IOException {
        host.keeping(Keep.BLOB);
        pull("a/app:1", 1);
        pull("b/app:1", 2);

        StoreUse use = use();

        assertThat(use.images()).allSatisfy(image -> {
            assertThat(image.shared()).isEqualTo(base.blob().size());
            assertThat(image.own()).isEqualTo(image.size() - base.blob().size());
        });
        assertThat(use.repositories()).hasSize(2);
        assertThat(use.totals().files().count()).isEqualTo(3);
        assertThat(use.totals().files().unreferenced()).isZero();
        assertThat(use.totals().rebuilt().count()).isZero();
    }

    @Test
    void rebuiltBlobsTakeTheirContentsAndRecipes() throws IOException {
        pull("a/app:1", 1);
        pull("b/app:1", 2);

        StoreUse use = use();

        assertThat(use.totals().files().count()).isZero();
        assertThat(use.totals().rebuilt().count()).isEqualTo(3);
        assertThat(use.totals().recipes().count()).isEqualTo(3);
        assertThat(use.totals().contents().count()).isEqualTo(3);
        assertThat(use.images()).allSatisfy(image -> {
            assertThat(image.shared()).isBetween((long) LARGE, LARGE * 11L / 10);
            assertThat(image.own()).isBetween((long) LARGE, LARGE * 11L / 10);
        });
    }

    @Test
    void contentsOfLayersThatAreBlobsAgainAreUnreferenced() throws IOException {
        pull("a/app:1", 1);
        assertThat(use().totals().contents().unreferenced()).isLessThan(LARGE / 10);

        host.engine
                .keeping()
                .convert(
                        List.of(host.image("a/app:1")),
                        Optional.of(Keep.BLOB),
                        KeepListener.of(TransferListener.silent()));

        assertThat(use().totals().contents().unreferenced()).isBetween(2L * LARGE, 2L * LARGE * 11 / 10);
    }
}
