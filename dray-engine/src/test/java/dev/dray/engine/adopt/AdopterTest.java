package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostStore;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.engine.adopt.search.Candidates;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.engine.adopt.search.SearchedLayer.Outcome;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdopterTest {
    private static final TestTar ODD = new TestTar()
            .directory("etc/")
            .file("etc/plain", TestTar.content(200_000, 1))
            .hardLink("etc/linked", "etc/plain")
            .symbolicLink("etc/symbolic", "plain")
            .file("etc/.wh.gone", new byte[0])
            .device("etc/device")
            .attributed("etc/attributed", TestTar.content(3_000, 2))
            .file(new byte[] {'c', 'a', 'f', (byte) 0xe9}, TestTar.content(99, 3))
            .file("./usr/../usr/share/x", TestTar.content(70_000, 4))
            .file("empty", new byte[0]);
    private static final TestTar SECOND = new TestTar().file("etc/second", TestTar.content(400_000, 5));

    @TempDir
    private Path folder = Path.of("");

    private final Adopter adopter = new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 2, Effort.WHOLE);

    static Stream<Arguments> stores() {
        return Stream.of(
                Arguments.of(HostEngine.DOCKER, "overlay2"),
                Arguments.of(HostEngine.DOCKER, "fuse-overlayfs"),
                Arguments.of(HostEngine.DOCKER, "vfs"),
                Arguments.of(HostEngine.CONTAINERS, "overlay"),
                Arguments.of(HostEngine.CONTAINERS, "vfs"));
    }

    private static List<MadeLayer> layers() {
        return List.of(MadeLayer.by(Maker.PGZIP, ODD), MadeLayer.by(Maker.GO_DEFAULT, SECOND));
    }

    private ImageCheck check(MadeStore store) throws IOException {
        return adopter.check(store.image(), AdoptListener.silent());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void everyLayerGivesItsBlobBackAndNothingIsWritten(HostEngine engine, String driver) throws IOException {
        MadeStore store = MadeStore.create(engine, folder, driver, layers());
        TreeSnapshot before = TreeSnapshot.of(folder);
        ImageCheck check = check(store);
        assertThat(check.layers()).extracting(SearchedLayer::outcome).containsOnly(Outcome.EXACT);
        assertThat(check.layers())
                .extracting(layer -> layer.encoder().orElseThrow().family())
                .containsExactly("pgzip", "go");
        assertThat(check.manifest())
                .contains(MadeStore.manifest(layers(), MediaType.OCI_LAYER_GZIP).sha256());
        assertThat(TreeSnapshot.of(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void theImageIsReadAsTheRegistryHadIt(HostEngine engine, String driver) throws IOException {
        List<MadeLayer> layers = layers();
        AdoptedImage image =
                adopter.source(MadeStore.create(engine, folder, driver, layers).image(), AdoptListener.silent());
        Manifest.Image manifest = (Manifest.Image) image.manifest(ManifestSelector.of(new Tag("any")));
        assertThat(manifest.raw()).isEqualTo(MadeStore.manifest(layers, MediaType.OCI_LAYER_GZIP));
        for (int i = 0; i < layers.size(); i++) {
            byte[] blob = layers.get(i).blob().orElseThrow().toByteArray();
            Content content = image.blob(manifest.layers().get(i));
            assertThat(read(content, 0)).isEqualTo(blob);
            assertThat(read(content, 1_000)).isEqualTo(Arrays.copyOfRange(blob, 1_000, blob.length));
        }
        assertThat(read(image.blob(manifest.config()), 0))
                .isEqualTo(MadeStore.config(layers).toByteArray());
        assertThat(image.seen().get(manifest.layers().getFirst().digest()))
                .extracting(SeenAt::host)
                .containsExactly("registry.example");
    }

    private static byte[] read(Content content, long offset) throws IOException {
        try (InputStream in = content.open(offset)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatWasFoundIsNotSearchedAgain() throws IOException {
        MadeStore store = MadeStore.create(HostEngine.CONTAINERS, folder, "overlay", layers());
        RecipeCache recollection = RecipeCache.inMemory();
        new Adopter(recollection, BlobPrefixes.none(), 2, Effort.WHOLE).check(store.image(), AdoptListener.silent());
        ImageCheck again = new Adopter(recollection, BlobPrefixes.none(), 2, Effort.WHOLE)
                .check(store.image(), AdoptListener.silent());
        assertThat(again.layers()).extracting(SearchedLayer::tried).containsOnly(0);
        assertThat(again.layers()).extracting(SearchedLayer::outcome).containsOnly(Outcome.EXACT);
    }

    @Test
    void slowEncodersAreTriedAfterAFastSearchInVain() throws IOException {
        MadeStore store =
                MadeStore.create(HostEngine.DOCKER, folder, "vfs", List.of(MadeLayer.by(Maker.GO_BEST, SECOND)));
        RecipeCache recollection = RecipeCache.inMemory();
        for (int i = 0; i < 2; i++) {
            SearchedLayer fast = check(store, recollection, Effort.FAST);
            assertThat(fast.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(fast.reason()).contains("level 9 were not tried");
        }
        assertThat(check(store, recollection, Effort.WHOLE).outcome()).isEqualTo(Outcome.EXACT);
    }

    private static SearchedLayer check(MadeStore store, RecipeCache recollection, Effort effort) throws IOException {
        return new Adopter(recollection, BlobPrefixes.none(), 2, effort)
                .check(store.image(), AdoptListener.silent())
                .layers()
                .getFirst();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void anImageThatNeverHadABlobIsEncodedOnceAndAlwaysTheSame(HostEngine engine, String driver) throws IOException {
        MadeStore store =
                MadeStore.create(engine, folder, driver, List.of(MadeLayer.without(ODD), MadeLayer.without(SECOND)));
        assertThat(check(store).layers()).extracting(SearchedLayer::outcome).containsOnly(Outcome.NO_BLOB);
        AdoptedImage image = adopter.source(store.image(), AdoptListener.silent());
        Manifest.Image manifest = (Manifest.Image) image.manifest();
        assertThat(image.isOriginal()).isFalse();
        assertThat(manifest.layers()).extracting(Descriptor::digest).containsExactly(own(ODD), own(SECOND));
        for (Descriptor layer : manifest.layers()) {
            assertThat(Digest.sha256(read(image.blob(layer), 0))).isEqualTo(layer.digest());
        }
    }

    private static Digest own(TestTar tar) {
        return MadeLayer.encode(tar.bytes(), Candidates.own()).sha256();
    }

    @Test
    void anotherDigestIsNotFound() throws IOException {
        AdoptedImage image = adopter.source(
                MadeStore.create(HostEngine.DOCKER, folder, "vfs", layers()).image(), AdoptListener.silent());
        Digest other = Digest.sha256(new byte[] {1});
        assertThatThrownBy(() -> image.manifest(ManifestSelector.of(other)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void imagesAreFoundByNameAndId(HostEngine engine, String driver) throws IOException {
        MadeStore made = MadeStore.create(engine, folder, driver, layers());
        HostStore store = made.open();
        Digest id = MadeStore.config(layers()).sha256();
        assertThat(store.entry(MadeStore.NAME).id()).isEqualTo(id);
        assertThat(store.entry(id.shortHex()).id()).isEqualTo(id);
        assertThat(store.entry(id.toString()).id()).isEqualTo(id);
        assertThatThrownBy(() -> store.entry("registry.example/team/other:1")).hasMessageContaining("team/other");
    }
}
