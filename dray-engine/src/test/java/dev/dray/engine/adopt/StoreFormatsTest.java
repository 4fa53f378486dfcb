package dev.dray.engine.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostImageName;
import dev.dray.engine.adopt.host.HostStores;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.engine.adopt.search.SearchedLayer.Outcome;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Formats of the stores: those that are read, and those that are refused by name.
class StoreFormatsTest {
    private static final TestTar TAR = new TestTar().file("etc/file", TestTar.content(60_000, 1));
    private static final List<MadeLayer> LAYERS = List.of(MadeLayer.by(Maker.GO_DEFAULT, TAR));

    @TempDir
    private Path folder = Path.of("");

    private MadeStore containers() throws IOException {
        return MadeStore.create(HostEngine.CONTAINERS, folder, "overlay", LAYERS);
    }

    private SearchedLayer check(MadeStore store) throws IOException {
        return new Adopter(RecipeCache.inMemory(), BlobPrefixes.none(), 1, Effort.WHOLE)
                .check(store.image(), AdoptListener.silent())
                .layers()
                .getFirst();
    }

    private void refuse(HostEngine engine, Kind kind, String... words) {
        assertThatThrownBy(() -> HostStores.open(engine, folder)).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.getMessage()).contains(words);
        });
    }

    @Test
    void otherDriversAreRefusedByName() throws IOException {
        MadeStore.create(HostEngine.DOCKER, folder, "btrfs", LAYERS);
        refuse(HostEngine.DOCKER, Kind.UNSUPPORTED, "btrfs");
        MadeStore.create(HostEngine.CONTAINERS, folder, "zfs", LAYERS);
        refuse(HostEngine.CONTAINERS, Kind.UNSUPPORTED, "zfs");
    }

    @Test
    void aFolderWithoutImagesIsNoStore() {
        refuse(HostEngine.DOCKER, Kind.NOT_FOUND, folder.toString());
        refuse(HostEngine.CONTAINERS, Kind.NOT_FOUND, folder.toString());
        assertThatThrownBy(() -> HostStores.open(folder.resolve("absent"))).hasMessageContaining("no such folder");
    }

    @Test
    void aStoreIsRecognised() throws IOException {
        MadeStore.create(HostEngine.DOCKER, folder.resolve("d"), "vfs", LAYERS);
        MadeStore.create(HostEngine.CONTAINERS, folder.resolve("c"), "vfs", LAYERS);
        assertThat(HostStores.open(folder.resolve("d")).engine()).isEqualTo(HostEngine.DOCKER);
        assertThat(HostStores.open(folder.resolve("c")).engine()).isEqualTo(HostEngine.CONTAINERS);
    }

    @Test
    void layersOfComposefsAreRefusedByName() throws IOException {
        MadeStore store = containers();
        Files.createDirectory(store.folders().getFirst().resolveSibling("composefs-data"));
        assertThat(check(store).outcome()).isEqualTo(Outcome.UNREADABLE);
        assertThat(check(store).reason()).contains("composefs");
    }

    @Test
    void layersThatWerePulledInPartsWithoutTheirTarAreRefusedByName() throws IOException {
        MadeStore store = containers();
        pulledInParts(store);
        Path tarSplit = store.tarSplits().getFirst();
        Files.move(tarSplit, folder.resolve("kept"));
        assertThat(check(store).reason()).contains("zstd:chunked");
        Files.move(folder.resolve("kept"), tarSplit);
        Path layers = store.documents().getLast();
        Files.writeString(layers, Files.readString(layers).replace("\"diff-digest\"", "\"other\""));
        assertThat(check(store).reason()).contains("zstd:chunked");
    }

    private static void pulledInParts(MadeStore store) throws IOException {
        Path layers = store.documents().getLast();
        Files.writeString(
                layers,
                Files.readString(layers)
                        .replace(
                                "\"diff-size\"",
                                "\"toc-digest\":\"%s\",\"diff-size\""
                                        .formatted(LAYERS.getFirst().diffId())));
    }

    @Test
    void layersThatWerePulledInPartsAreReadWhereTheirTarWasChecked() throws IOException {
        MadeStore store = containers();
        pulledInParts(store);
        assertThat(check(store).outcome()).isEqualTo(Outcome.EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine-id", "buildkit", "containerd/daemon"})
    void aDockerWithContainerdsImageStoreIsRefusedByName(String mark) throws IOException {
        Files.createDirectories(folder.resolve(mark));
        assertThatThrownBy(() -> HostStores.open(folder)).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(e.getMessage()).contains("containerd's image store");
            assertThat(e.advice())
                    .hasValueSatisfying(advice -> assertThat(advice).contains("dray load"));
        });
    }

    @Test
    void volatileLayersAreReadToo() throws IOException {
        MadeStore store = containers();
        Path layers = store.documents().getLast();
        Files.move(layers, layers.resolveSibling("volatile-layers.json"));
        Files.writeString(layers, "[]");
        assertThat(check(store).outcome()).isEqualTo(Outcome.EXACT);
    }

    @Test
    void filesOfATemplateLayerAreFoundInTheLayerItWasCopiedFrom() throws IOException {
        MadeStore store = containers();
        Path diff = store.folders().getFirst();
        Path template = Files.createDirectories(folder.resolve("overlay/template"));
        Files.move(diff, template.resolve("diff"));
        Files.createDirectory(diff);
        Files.createDirectory(folder.resolve("overlay/l"));
        Files.createSymbolicLink(folder.resolve("overlay/l/ABC"), Path.of("../template/diff"));
        Files.writeString(diff.resolveSibling("lower"), "l/ABC");
        assertThat(check(store).outcome()).isEqualTo(Outcome.EXACT);
    }

    @Test
    void aLayerThatDockerForgotTheManifestOfIsFoundByItsDigestAlone() throws IOException {
        MadeStore store = MadeStore.create(HostEngine.DOCKER, folder, "overlay2", LAYERS);
        Path contents = folder.resolve("containerd/daemon/io.containerd.content.v1.content/blobs/sha256");
        try (var files = Files.list(contents)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(store.image().manifest()).isEmpty();
        assertThat(check(store).outcome()).isEqualTo(Outcome.EXACT);
    }

    @Test
    void whoeverHoldsTheLockIsWaitedFor() throws Exception {
        MadeStore store = containers();
        Path lock = folder.resolve("overlay-images/images.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            var held = channel.lock();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    assertThat(store.image().layers()).hasSize(1);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            while (reader.getState() != Thread.State.TIMED_WAITING && reader.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(reader.isAlive()).isTrue();
            held.release();
            reader.join();
        }
        assertThat(store.image().layers()).hasSize(1);
    }

    @Test
    void placesOfRootlessEnginesAreLookedAt() throws IOException {
        Path storage = folder.resolve("containers/storage");
        MadeStore.create(HostEngine.CONTAINERS, storage, "overlay", LAYERS);
        HostStores stores = new HostStores(Map.of("XDG_DATA_HOME", folder.toString()));
        assertThat(stores.folders(HostEngine.CONTAINERS)).contains(storage);
    }

    @Test
    void placesThatTheUsersSettingsNameAreLookedAt() throws IOException {
        for (String name : List.of("own", "images", "shared", "more", "other")) {
            Files.createDirectories(folder.resolve("stores").resolve(name));
        }
        Files.createDirectories(folder.resolve(".config/containers"));
        Files.writeString(folder.resolve(".config/containers/storage.conf"), """
            [storage]
            driver = "overlay"
            # graphroot = "%1$s/other"
            graphroot = "$HOME/stores/own"
            imagestore = "%1$s/images"
            [storage.options]
            additionalimagestores = [
              "%1$s/shared",
              "%1$s/more",
            ]
            """.formatted(folder.resolve("stores")));
        HostStores stores = new HostStores(Map.of("HOME", folder.toString()));
        Path place = folder.resolve("stores");
        assertThat(stores.folders(HostEngine.CONTAINERS))
                .startsWith(
                        place.resolve("own"), place.resolve("images"), place.resolve("shared"), place.resolve("more"))
                .doesNotContain(place.resolve("other"));
    }

    @Test
    void namesAreReadAsSkopeoWritesThem() {
        assertThat(HostImageName.parse("docker-daemon:debian:12"))
                .isEqualTo(new HostImageName(HostEngine.DOCKER, Optional.empty(), "debian:12"));
        HostImageName placed = HostImageName.parse("containers-storage:[overlay@/a/b+/run]localhost/x:1");
        assertThat(placed.root()).contains(Path.of("/a/b"));
        assertThat(placed.image()).isEqualTo("localhost/x:1");
        for (String wrong : List.of("docker-daemon:", "containers-storage:[overlay", "debian")) {
            assertThatThrownBy(() -> HostImageName.parse(wrong)).isInstanceOf(DrayException.class);
        }
    }
}
