package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.engine.adopt.search.Candidates;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.engine.adopt.search.SearchedLayer.Outcome;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong with layers: each time a clear reason, never a claim, and nothing written.
class BadLayersTest {
    private static final TestTar FIRST = new TestTar().file("etc/first", TestTar.content(90_000, 1));
    private static final TestTar SECOND = new TestTar().file("etc/second", TestTar.content(100_000, 2));
    private static final List<MadeLayer> LAYERS =
            List.of(MadeLayer.by(Maker.GO_FASTEST, FIRST), MadeLayer.by(Maker.GO_FASTEST, SECOND));

    @TempDir
    private Path folder = Path.of("");

    private Optional<TreeSnapshot> before = Optional.empty();

    static Stream<Arguments> stores() {
        return AdopterTest.stores();
    }

    @BeforeEach
    void forget() {
        before = Optional.empty();
    }

    @AfterEach
    void nothingWasWritten() throws IOException {
        if (before.isPresent()) {
            assertThat(TreeSnapshot.of(folder)).isEqualTo(before.get());
        }
    }

    private MadeStore store(HostEngine engine, String driver) throws IOException {
        return MadeStore.create(engine, folder, driver, LAYERS);
    }

    private List<SearchedLayer> check(MadeStore store) throws IOException {
        return check(store, BlobPrefixes.none());
    }

    private List<SearchedLayer> check(MadeStore store, BlobPrefixes beginnings) throws IOException {
        before = Optional.of(TreeSnapshot.of(folder));
        return new Adopter(RecipeCache.inMemory(), beginnings, 2, Effort.WHOLE)
                .check(store.image(), AdoptListener.silent())
                .layers();
    }

    /// The second layer cannot be had, for this reason; the first is exact all the same.
    private void secondIsUnreadable(MadeStore store, String reason) throws IOException {
        List<SearchedLayer> checks = check(store);
        assertThat(checks).extracting(SearchedLayer::outcome).containsExactly(Outcome.EXACT, Outcome.UNREADABLE);
        assertThat(checks.getLast().reason()).contains(reason);
        AdoptedImage image = new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 2, Effort.WHOLE)
                .source(store.image(), AdoptListener.silent());
        Descriptor layer = ((Manifest.Image) image.manifest()).layers().getLast();
        assertThatThrownBy(() -> {
                    try (InputStream in = image.blob(layer).open(0)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(DrayException.class);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aChangedByteInAFileIsFoundAndTheFileNamed(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        byte[] changed = TestTar.content(100_000, 2);
        changed[50_000] ^= 1;
        Files.write(store.folders().getLast().resolve("etc/second"), changed);
        secondIsUnreadable(store, "etc/second");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aMissingFileIsNamed(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        Files.delete(store.folders().getLast().resolve("etc/second"));
        secondIsUnreadable(store, "etc/second");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aMissingTarSplitIsNamed(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        Files.delete(store.tarSplits().getLast());
        secondIsUnreadable(store, "tar-split");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aTarSplitThatBreaksOffIsDamaged(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        byte[] whole = Files.readAllBytes(store.tarSplits().getLast());
        Files.write(store.tarSplits().getLast(), Arrays.copyOf(whole, whole.length / 2));
        secondIsUnreadable(store, "tar-split is not whole gzip");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aTarSplitOfOtherBytesIsDamaged(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        Files.writeString(store.tarSplits().getLast(), "no gzip at all");
        secondIsUnreadable(store, "tar-split is not whole gzip");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void anotherHeaderMakesAnotherTar(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        TestTar other = new TestTar().hardLink("more", "etc/second").file("etc/second", TestTar.content(100_000, 2));
        Files.write(store.tarSplits().getLast(), MadeLayer.without(other).tarSplit());
        secondIsUnreadable(store, "give a tar of");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aLayerThatIsGoneIsSaidToBeGone(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        HostImage image = store.image();
        remove(store.folders().getLast());
        before = Optional.of(TreeSnapshot.of(folder));
        SearchedLayer check = new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 2, Effort.WHOLE)
                .check(image, AdoptListener.silent())
                .layers()
                .getLast();
        assertThat(check.outcome()).isEqualTo(Outcome.UNREADABLE);
        assertThat(check.reason()).contains("gone");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void headersWithATimeAreUnknownUntilTheBlobsBeginningTells(HostEngine engine, String driver) throws IOException {
        byte[] timed = LAYERS.getLast().blob().orElseThrow().toByteArray();
        timed[5] = 0x55;
        unknownUntilItsBeginningTells(engine, driver, timed);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void headersWithANameAreUnknownUntilTheBlobsBeginningTells(HostEngine engine, String driver) throws IOException {
        byte[] plain = LAYERS.getLast().blob().orElseThrow().toByteArray();
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 10);
        named.writeBytes("export-of-tuesday.tar\0".getBytes(StandardCharsets.US_ASCII));
        named.write(plain, 10, plain.length - 10);
        byte[] blob = named.toByteArray();
        blob[3] = 8;
        unknownUntilItsBeginningTells(engine, driver, blob);
    }

    private void unknownUntilItsBeginningTells(HostEngine engine, String driver, byte[] bytes) throws IOException {
        RawBytes blob = RawBytes.copyOf(bytes);
        MadeStore store = MadeStore.create(
                engine, folder, driver, List.of(LAYERS.getFirst(), new MadeLayer(SECOND, Optional.of(blob))));
        SearchedLayer offline = check(store).getLast();
        assertThat(offline.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(offline.reason()).contains("none of %d".formatted(offline.tried()));
        assertThat(offline.tried()).isEqualTo(Candidates.all().size());

        SearchedLayer asked = check(
                        store,
                        layer -> Optional.of(RawBytes.copyOf(Arrays.copyOf(bytes, 20_000)))
                                .filter(_ ->
                                        layer.diffId().equals(LAYERS.getLast().diffId())))
                .getLast();
        assertThat(asked.outcome()).isEqualTo(Outcome.EXACT);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aLayerThatIsRemovedWhileItIsReadIsSaidToBeGone(HostEngine engine, String driver) throws IOException {
        TestTar large = new TestTar();
        for (int i = 0; i < 40; i++) {
            large.file("etc/%02d".formatted(i), TestTar.content(200_000, i));
        }
        MadeStore store = MadeStore.create(engine, folder, driver, List.of(MadeLayer.by(Maker.GO_FASTEST, large)));
        SearchedLayer check = new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 2, Effort.WHOLE)
                .check(store.image(), (layer, encoders, done, total) -> {
                    if (done > 0) {
                        remove(store.folders().getFirst());
                    }
                })
                .layers()
                .getFirst();
        assertThat(check.outcome()).isEqualTo(Outcome.UNREADABLE);
        assertThat(check.reason()).contains("of a layer is gone");
        assertThat(check.advice()).contains("the engine may have removed the image meanwhile: look with dray adopt ls");
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void zstdIsNotMadeAgain(HostEngine engine, String driver) throws IOException {
        MadeStore store = MadeStore.create(engine, folder, driver, LAYERS, MediaType.OCI_LAYER_ZSTD);
        List<SearchedLayer> checks = check(store);
        assertThat(checks).extracting(SearchedLayer::outcome).containsOnly(Outcome.UNKNOWN);
        assertThat(checks.getFirst().reason()).contains("zstd");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void namesThatLeadOutOfTheFolderAreNotOpened(HostEngine engine, String driver) throws Exception {
        for (String name :
                List.of("../secret", "etc/../../secret", "link/secret", "secret-link", "pipe", "etc", "..", "/")) {
            Path root = Files.createDirectory(folder.resolve("at" + name.hashCode()));
            MadeStore store = MadeStore.create(engine, root, driver, LAYERS);
            Path layer = store.folders().getLast();
            Files.write(layer.resolveSibling("secret"), TestTar.content(100_000, 2));
            Files.createSymbolicLink(layer.resolve("link"), layer.getParent());
            Files.createSymbolicLink(layer.resolve("secret-link"), layer.resolveSibling("secret"));
            new ProcessBuilder("mkfifo", layer.resolve("pipe").toString())
                    .start()
                    .waitFor();
            Files.write(store.tarSplits().getLast(), edited(store.tarSplits().getLast(), "etc/second", name));
            SearchedLayer check = check(store).getLast();
            assertThat(check.outcome()).as(name).isEqualTo(Outcome.UNREADABLE);
            assertThat(check.reason()).as(name).containsAnyOf("leaves", "link or a special file", "names no file");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aFolderOrATarSplitThatIsALinkIsNotFollowed(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        Path layer = store.folders().getLast();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.move(layer, elsewhere.resolve("diff"));
        Files.createSymbolicLink(layer, elsewhere.resolve("diff"));
        Path tarSplit = store.tarSplits().getFirst();
        Files.move(tarSplit, elsewhere.resolve("tar-split"));
        Files.createSymbolicLink(tarSplit, elsewhere.resolve("tar-split"));
        List<SearchedLayer> checks = check(store);
        assertThat(checks).extracting(SearchedLayer::outcome).containsOnly(Outcome.UNREADABLE);
        assertThat(checks.getFirst().reason()).contains("is a link or a special file");
    }

    private static byte[] edited(Path tarSplit, String from, String to) throws IOException {
        String lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(tarSplit))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(lines.replace("\"" + from + "\"", "\"" + to + "\"").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void ofTwoEntriesWithOneNameTheFirstCannotBeHad(HostEngine engine, String driver) throws IOException {
        TestTar twice =
                new TestTar().file("etc/one", TestTar.content(5_000, 7)).file("etc/two", TestTar.content(5_000, 8));
        MadeStore store = MadeStore.create(
                engine, folder, driver, List.of(LAYERS.getFirst(), MadeLayer.by(Maker.GO_FASTEST, twice)));
        Files.write(store.tarSplits().getLast(), edited(store.tarSplits().getLast(), "etc/one", "etc/two"));
        secondIsUnreadable(store, "etc/two");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void malformedDocumentsAreRefused(HostEngine engine, String driver) throws IOException {
        MadeStore store = store(engine, driver);
        Files.writeString(store.documents().getFirst(), "{\"Repositories\":");
        before = Optional.of(TreeSnapshot.of(folder));
        assertThatThrownBy(store::image)
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }
}
