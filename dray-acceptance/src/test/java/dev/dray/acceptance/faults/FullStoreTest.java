package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.SmallDisk;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine's store on a full disk: commands report it in advance where possible, existing content stays intact, and
/// unneeded content can be removed although nothing can be written.
@NeedsPeer(value = Peer.MOUNT, asRoot = true)
class FullStoreTest {
    private static final int MEGABYTES = 48;
    private static final int LITTLE = 1_000_000;

    @TempDir
    static Path folder;

    private static FaultStage stage;

    private SmallDisk disk;
    private BuiltCommand dray;

    @BeforeAll
    static void setTheStage() throws Exception {
        stage = FaultStage.set(folder);
    }

    @AfterAll
    static void leaveIt() {
        stage.close();
    }

    @BeforeEach
    void pullOne() throws Exception {
        disk = SmallDisk.mount(Files.createTempDirectory(folder, "disk"), MEGABYTES);
        dray = stage.dray().variable("DRAY_STORE", store().toString());
        dray.run("pull", "--quiet", stage.before().name()).succeeded();
    }

    @AfterEach
    void unmount() {
        disk.close();
    }

    private Path store() {
        return disk.folder().resolve("images");
    }

    private void assertOutOfSpace(String... arguments) {
        Outcome failed = dray.run(arguments).exited(1);
        assertThat(failed.errors()).contains("dray: ", "space").doesNotContain("\tat ");
    }

    private void assertWhole(MadeImage... images) throws IOException {
        try (Store store = Store.openExisting(store())) {
            for (MadeImage image : images) {
                assertThat(image.lost(store)).isEmpty();
            }
        }
        dray.run("fsck", "--deep").succeeded();
    }

    @Test
    void pullThatDoesNotFitIsRefusedBeforeTheFirstByte() throws Exception {
        disk.leave(LITTLE);
        Outcome refused = dray.run("pull", stage.next().name()).exited(1);
        assertThat(refused.errors()).contains("needs about", "are free").doesNotContain("downloaded");
        assertWhole(stage.before());

        disk.free();
        dray.run("pull", "--quiet", stage.next().name()).succeeded();
        assertWhole(stage.before(), stage.next());
    }

    @Test
    void loadThatDoesNotFitKeepsWhatWasThereAndSucceedsOnceThereIsSpace() throws Exception {
        Path archive = folder.resolve("large.tar");
        if (!Files.exists(archive)) {
            Path maker = folder.resolve("of-large");
            TestImages.build(maker, 6, "127.0.0.1:1/team/large:1");
            BuiltCommand.at(maker)
                    .run("save", "--quiet", "-o", archive.toString(), "127.0.0.1:1/team/large:1")
                    .succeeded();
        }
        disk.leave(LITTLE);
        assertOutOfSpace("load", "-i", archive.toString());
        assertWhole(stage.before());

        disk.free();
        dray.run("load", "--quiet", "-i", archive.toString()).succeeded();
        dray.run("verify", "--quiet").succeeded();
    }

    @Test
    void filesThatDoNotFitAreNotMadeAndTheRecipesStay() throws Exception {
        for (String keep : List.of("both", "blob")) {
            disk.leave(100_000);
            assertOutOfSpace("layers", "convert", "--all", "--keep", keep, "--quiet");
            assertWhole(stage.before());
            disk.free();
        }
        dray.run("layers", "convert", "--all", "--keep", "blob", "--quiet").succeeded();
        assertWhole(stage.before());
        assertThat(bytes("blobs")).isPositive();
    }

    @Test
    void fullDiskCanBeReadAndAnImageRemoved() throws Exception {
        disk.leave(0);
        assertThat(dray.print("images")).contains("team/before");
        dray.run("layers", "ls").succeeded();
        long packed = bytes("packs");

        dray.run("rmi", stage.before().name()).succeeded();

        assertThat(bytes("packs")).isZero();
        assertThat(packed).isPositive();
        dray.run("fsck", "--deep").succeeded();
    }

    @Test
    void fullDiskCanBeCollected() throws Exception {
        dray.run("pull", "--quiet", stage.next().name()).succeeded();
        dray.run("pull", "--later", "--quiet", stage.last().name()).succeeded();
        try (Store store = Store.openExisting(store())) {
            for (MadeImage image : List.of(stage.before(), stage.last())) {
                store.catalog()
                        .change(transaction -> transaction
                                .repository(image.reference().fullName())
                                .manifests()
                                .delete(image.manifest()));
            }
        }
        disk.leave(0);
        long before = bytes("packs") + bytes("blobs");

        dray.run("prune", "--grace", "0s").succeeded();

        assertThat(bytes("packs") + bytes("blobs")).isLessThan(before / 2);
        assertWhole(stage.next());
    }

    private long bytes(String kind) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(store().resolve(kind))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
