package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.seeds.Seeds;
import dev.dray.testkit.MemoryRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A flipped bit in the store is detected by checks and by reads, never served, and repaired from the registry that the
/// image was pulled from: by a push, or by `layers verify --repair`.
class FlippedBitTest {
    private static final long SEED = Seeds.of(FlippedBitTest.class);

    @TempDir
    static Path folder;

    private static FaultStage stage;
    private static Path kept;

    @BeforeAll
    static void setTheStage() throws Exception {
        stage = FaultStage.set(folder);
        kept = stage.prepare(Scenario.of(
                "both forms",
                on -> {
                    on.dray().run("pull", "--quiet", on.before().name()).succeeded();
                    on.dray()
                            .run("pull", "--later", "--quiet", on.next().name())
                            .succeeded();
                },
                "images"));
    }

    @AfterAll
    static void leaveIt() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAndNeverGivenAway(FlippedBit bit, TestReporter reporter) throws Exception {
        MadeImage image = bit == FlippedBit.FILE ? stage.next() : stage.before();
        turn(bit);
        Outcome verified =
                stage.dray().run("layers", "verify", "--all", "--quiet").exited(1);
        assertThat(verified.output()).contains("not repaired", image.name());

        turn(bit);
        Outcome checked = stage.dray().run("fsck", "--deep").exited(1);
        assertThat(checked.output()).contains("suffers: ", "problem");

        turn(bit);
        assertThat(unreadable(image, bit == FlippedBit.FILE)).hasSize(1);

        turn(bit);
        if (bit == FlippedBit.FILE) {
            push(image, 1);
            stage.dray().run("layers", "verify", "--all", "--repair", "--quiet").succeeded();
        }
        push(image, 0);
        reporter.publishEntry(bit.toString(), "found by verify, fsck and reading, repaired; seed " + SEED);
    }

    /// Flips the same bit each time, in a freshly restored store.
    private static void turn(FlippedBit bit) throws IOException {
        stage.putBack(kept);
        bit.turn(stage, new Random(SEED));
    }

    /// The blobs of an image at which a mirror over the store breaks off. It serves a plain file as it is.
    private static List<Digest> unreadable(MadeImage image, boolean file) throws Exception {
        List<Digest> unreadable = new ArrayList<>();
        try (DrayServer mirror = DrayServer.Plan.in(folder).store(stage.store()).start();
                PlainClient client = new PlainClient(mirror.host())) {
            for (Descriptor blob : image.blobs()) {
                Optional<Digest> got = read(client, image, blob);
                if (!got.equals(Optional.of(blob.digest()))) {
                    unreadable.add(blob.digest());
                }
                assertThat(got.isEmpty() || file || got.get().equals(blob.digest()))
                        .isTrue();
            }
            mirror.stop();
        }
        return unreadable;
    }

    /// @return empty when the mirror breaks off or refuses
    private static Optional<Digest> read(PlainClient client, MadeImage image, Descriptor blob) throws Exception {
        try {
            return Optional.of(Digest.sha256(client.get("%s/blobs/%s?ns=%s"
                    .formatted(
                            image.reference().repository(),
                            blob.digest(),
                            image.reference().host()))));
        } catch (IOException | AssertionError refused) {
            return Optional.empty();
        }
    }

    /// Pushes the image; the registry then has the same digests as the source.
    private static void push(MadeImage image, int exitCode) throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(MemoryRegistry.Behaviour.open())) {
            String name = registry.host() + "/again/app:1";
            stage.dray().run("tag", image.name(), name).succeeded();
            stage.dray().run("push", "--quiet", name).exited(exitCode);
            assertThat(registry.tag("again/app", "1").equals(Optional.of(image.manifest())))
                    .isEqualTo(exitCode == 0);
        }
    }
}
