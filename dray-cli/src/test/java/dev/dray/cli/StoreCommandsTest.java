package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.model.Digest;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.blob.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator's commands on a whole store.
class StoreCommandsTest {
    @TempDir
    private Path home = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void image() throws IOException {
        folder = home.resolve("store");
        succeed("import", host().tar().toString(), "team/app:1");
    }

    private CommandHost host() {
        return new CommandHost(home).with("SOURCE_DATE_EPOCH", "1700000000").with("DRAY_STORE", folder.toString());
    }

    private Ran succeed(String... arguments) {
        Ran ran = host().run(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private void blobThatNothingNeeds() {
        try (Store store = Store.open(folder, StoreKind.ENGINE);
                StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(new byte[50_000]));
            store.blobs().publish(staged.finish(), _ -> true);
        }
    }

    @Test
    void pruneReportsWhatItWouldFreeThenWhatItFreed() {
        blobThatNothingNeeds();
        String blob = "blob " + Digest.sha256(new byte[50_000]);

        assertThat(succeed("prune").out()).isEqualTo("freed nothing\n");
        assertThat(succeed("prune", "--dry-run", "--grace", "0").out())
                .contains(blob)
                .endsWith("would free 50.0 kB: 1 blob\n");
        assertThat(succeed("prune", "--grace", "0").out()).contains(blob).endsWith("freed 50.0 kB: 1 blob\n");
        assertThat(succeed("prune", "--grace", "0", "--format", "json").out())
                .contains("\"file\":{\"count\":0,\"bytes\":0}");
        assertThat(succeed("verify").out()).contains("0 problems");
    }

    @Test
    void lengthOfTimeWithoutAUnitIsRefused() {
        Ran ran = host().run("prune", "--grace", "5");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("\"5\"", "90m");
    }

    @Test
    void removedImageReportsTheFreedSpace() {
        assertThat(succeed("rmi", "team/app:1").err()).contains("freed ");
        assertThat(succeed("prune", "--grace", "0", "--quiet").out()).doesNotContain("blob");
    }

    @Test
    void fsckFindsAStrangeFileAndMovesIt() throws IOException {
        Files.write(folder.resolve("blobs/ab/notes.txt"), new byte[10]);

        Ran found = host().run("fsck", "--deep");
        assertThat(found.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(found.out()).contains("file blobs/ab/notes.txt", "1 problem");
        assertThat(succeed("fsck", "--repair").out()).contains("quarantine/notes.txt (repaired)", "all is well");
        assertThat(succeed("fsck", "--format", "json").out()).contains("\"findings\":[]");
        assertThat(folder.resolve("quarantine/notes.txt")).exists();
    }

    @Test
    void backupIsAStoreWithTheSameImages() {
        Path copy = home.resolve("copy");

        assertThat(succeed("backup", copy.toString()).out()).startsWith("copied ");

        assertThat(succeed("images", "--store", copy.toString()).out()).contains("team/app");
        assertThat(succeed("verify", "--store", copy.toString()).out()).contains("0 problems");
        assertThat(host().run("backup", copy.toString()).err()).contains("not empty");
    }
}
