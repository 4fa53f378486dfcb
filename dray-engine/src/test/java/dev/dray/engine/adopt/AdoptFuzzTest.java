package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.engine.adopt.Candidate.Maker;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// What strangers wrote into a store is read or refused, and no name leads out of a layer's folder.
class AdoptFuzzTest {
    private static final List<MadeLayer> LAYERS =
            List.of(MadeLayer.by(Maker.GO_FASTEST, new TestTar().file("a", TestTar.content(9_000, 1))));

    @FuzzTest
    void namesStayInTheFolder(FuzzedDataProvider data) {
        RawBytes name = RawBytes.copyOf(data.consumeRemainingAsBytes());
        try {
            Path folder = Path.of("/folder");
            Path file = folder;
            for (RawBytes step : FileName.steps(name)) {
                file = file.resolve(FileName.path(step));
            }
            assertThat(file.normalize()).isEqualTo(file);
            assertThat(file.startsWith(folder)).isTrue();
        } catch (DrayException refused) {
            assertThat(refused.kind()).isEqualTo(DrayException.Kind.INVALID);
        }
    }

    @FuzzTest
    void documentsOfAStoreAreReadOrRefused(FuzzedDataProvider data) throws IOException {
        HostEngine engine = data.pickValue(HostEngine.values());
        Path folder = Files.createTempDirectory("dray-fuzz-");
        try {
            MadeStore store =
                    MadeStore.create(engine, folder, engine == HostEngine.DOCKER ? "overlay2" : "overlay", LAYERS);
            Path document = data.pickValue(store.documents());
            Files.write(document, data.consumeRemainingAsBytes());
            for (HostEntry entry : store.open().entries()) {
                assertThat(store.open().image(entry).layers()).isNotNull();
            }
        } catch (DrayException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
