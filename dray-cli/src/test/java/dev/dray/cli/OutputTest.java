package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.ProgressBars;
import dev.dray.cli.output.ProgressLines;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.client.transfer.BlobFate;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    private static final Descriptor BLOB =
            Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(new byte[0]), 2_000_000);

    @TempDir
    private Path home = Path.of("");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(CommandHost.stream(new ByteArrayOutputStream()), CommandHost.stream(err), true, 40);

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(new Table("A", "LONGER").row("wide cell", "x").lines())
                .containsExactly("A           LONGER", "wide cell   x");
    }

    @Test
    void plainProgressIsALineForEachBlobThatIsDone() {
        ProgressLines lines = new ProgressLines(terminal, Activity.pushing);

        lines.begin(BLOB);
        lines.advance(BLOB, 1_000_000);
        lines.done(BLOB, new BlobFate.Uploaded());

        assertThat(printed()).startsWith("e3b0c44298fc: uploaded (").hasLineCount(1);
    }

    @Test
    void barsLeaveALineForEachBlobThatIsDone() {
        try (ProgressBars bars = new ProgressBars(terminal, Activity.pushing)) {
            bars.begin(BLOB);
            bars.advance(BLOB, 1_000_000);
            bars.done(BLOB, new BlobFate.AlreadyThere());
        }

        assertThat(printed()).contains("e3b0c44298fc: already there (").endsWith("\n");
    }

    @Test
    void barsThatAreClosedUnfinishedAreWipedAway() {
        try (ProgressBars bars = new ProgressBars(terminal, Activity.pushing)) {
            bars.begin(BLOB);
        }

        assertThat(printed()).endsWith("\u001b[J");
    }

    @Test
    void completionScriptIsOneThatBashCanRead() throws IOException, InterruptedException {
        Ran ran = new CommandHost(home).run("completion", "bash");
        assertThat(ran.status()).isZero();
        Path script = Files.writeString(home.resolve("completion"), ran.out());

        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(bash.inputReader().lines()).isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(ran.out()).contains("quickstart", "--digests");
    }
}
