package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.engine.adopt.host.FileName;
import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostEntry;
import dev.dray.engine.adopt.host.HostImageName;
import dev.dray.engine.adopt.host.HostStore;
import dev.dray.engine.adopt.host.HostStores;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What strangers wrote into a store is read or refused, and no name leads out of a layer's folder.
class AdoptFuzzTest {
    private static final List<MadeLayer> LAYERS =
            List.of(MadeLayer.by(Maker.GO_FASTEST, new TestTar().file("a", TestTar.content(9_000, 1))));
    private static final Digest BLOB = LAYERS.getFirst().blob().orElseThrow().sha256();

    @FuzzTest(maxDuration = "1m")
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

    @FuzzTest(maxDuration = "1m")
    void namesOfImagesAreReadOrRefused(FuzzedDataProvider data) {
        String text = data.pickValue(HostEngine.values()).prefix() + data.consumeRemainingAsString();
        try {
            HostImageName name = HostImageName.parse(text);
            assertThat(HostImageName.isOne(text)).isTrue();
            assertThat(name.image()).isNotEmpty();
            assertThat(HostImageName.parse(name.toString())).isEqualTo(name);
        } catch (DrayException refused) {
            assertThat(refused.kind()).isEqualTo(DrayException.Kind.INVALID);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void settingsAreReadOrPassedOver(FuzzedDataProvider data) throws IOException {
        Path file = Files.createTempFile("dray-fuzz-", ".conf");
        try {
            Files.write(file, data.consumeRemainingAsBytes());
            HostStores stores = new HostStores(Map.of("CONTAINERS_STORAGE_CONF", file.toString()));
            assertThat(stores.folders(HostEngine.CONTAINERS)).allMatch(Path::isAbsolute);
        } finally {
            Files.delete(file);
        }
    }

    /// Any file of a store is exchanged: a document, a tar-split, a file of the layer.
    @FuzzTest(maxDuration = "3m")
    void aStoreIsReadOrRefusedAndNothingWrongIsClaimed(FuzzedDataProvider data) throws IOException {
        HostEngine engine = data.pickValue(HostEngine.values());
        Path folder = Files.createTempDirectory("dray-fuzz-");
        try {
            MadeStore store =
                    MadeStore.create(engine, folder, engine == HostEngine.DOCKER ? "overlay2" : "overlay", LAYERS);
            Path exchanged = data.pickValue(files(folder, Files::isRegularFile));
            Files.write(exchanged, data.consumeRemainingAsBytes());
            TreeSnapshot before = TreeSnapshot.of(folder);
            read(store);
            assertThat(TreeSnapshot.of(folder)).isEqualTo(before);
        } finally {
            for (Path file : files(folder, _ -> true).reversed()) {
                Files.delete(file);
            }
        }
    }

    private static void read(MadeStore store) throws IOException {
        Adopter adopter = new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 1, Effort.FAST);
        try {
            HostStore opened = store.open();
            for (HostEntry entry : opened.entries()) {
                for (SearchedLayer check : adopter.check(opened.image(entry), AdoptListener.silent())
                        .layers()) {
                    if (check.outcome() == SearchedLayer.Outcome.EXACT) {
                        assertThat(check.layer().blob().orElseThrow().digest())
                                .isIn(LAYERS.getFirst().diffId(), BLOB);
                    }
                }
            }
        } catch (DrayException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    /// Folders before what is in them.
    private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(wanted).sorted().toList();
        }
    }
}
