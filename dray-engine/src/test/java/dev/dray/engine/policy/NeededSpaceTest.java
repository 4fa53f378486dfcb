package dev.dray.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.fixture.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeededSpaceTest {
    private static final long LAYER = 100 << 20;
    private static final long RESERVE = 16 << 20;

    @TempDir
    private Path folder = Path.of("");

    private static List<Descriptor> layers(int count) {
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(new byte[] {(byte) i}), LAYER));
        }
        return layers;
    }

    private NeededSpace needed(StorageForm keep, int layers) {
        try (Store store = TestStores.open(folder.resolve("store"), StoreKind.ENGINE)) {
            RequiredForms required =
                    RequiredForms.in(store, new LayerPolicy(List.of(), keep), Set.of(RepositoryName.parse("team/app")));
            return NeededSpace.of(layers(layers), required, 3);
        }
    }

    @Test
    void recipesNeedTheirContentsAndAFewFilesAtOnce() {
        assertThat(needed(StorageForm.RECIPE, 20).wanted().bytes()).isEqualTo((20 + 6) * LAYER + RESERVE);
        assertThat(needed(StorageForm.RECIPE, 2).wanted().bytes()).isEqualTo(4 * LAYER + RESERVE);
    }

    @Test
    void blobsNeedTheirFilesAndBothNeedTwice() {
        assertThat(needed(StorageForm.BLOB, 20).wanted().bytes()).isEqualTo(20 * LAYER + RESERVE);
        assertThat(needed(StorageForm.BOTH, 20).wanted().bytes()).isEqualTo(40 * LAYER + RESERVE);
    }

    @Test
    void diskThatIsNearlyFullIsNoticedWithFiguresAndAWayOut() {
        NeededSpace needed = needed(StorageForm.RECIPE, 2);

        assertThatCode(() -> needed.require(ByteSize.ofBytes(4 * LAYER + RESERVE), "pulling app"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> needed.require(ByteSize.ofBytes(3 * LAYER), "pulling app"))
                .isInstanceOfSatisfying(DrayException.class, e -> {
                    assertThat(e.kind()).isEqualTo(DrayException.Kind.OUT_OF_SPACE);
                    assertThat(e.getMessage()).contains("436 MB", "315 MB");
                    assertThat(e.advice().orElse("")).contains("--later");
                });
        assertThatThrownBy(() -> needed.require(ByteSize.ofBytes(LAYER), "pulling app"))
                .isInstanceOfSatisfying(
                        DrayException.class,
                        e -> assertThat(e.advice().orElse("")).doesNotContain("--later"));
    }
}
