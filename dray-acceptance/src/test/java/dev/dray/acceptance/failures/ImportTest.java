package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Invalid archives. After each failure the valid archive is imported.
class ImportTest {
    @TempDir
    Path folder;

    private BuiltCommand dray;

    @BeforeEach
    void startWithNothing() {
        dray = BuiltCommand.at(folder.resolve("home"));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }

    private void refused(byte[] content, String... words) throws IOException {
        Path archive = Files.write(folder.resolve("archive"), content);
        Outcome outcome = dray.run("import", archive.toString(), "app:1").exited(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).startsWith("dray: ").contains(words).doesNotContain("\tat ");
        assertThat(dray.print("images", "-q")).isEmpty();

        Files.write(archive, TestImages.tar(0));
        dray.run("import", archive.toString(), "app:1").succeeded();
        dray.run("verify").succeeded();
        dray.run("rmi", "app:1").succeeded();
    }

    @Test
    void aTextIsNoTar() throws Exception {
        refused("this is not an archive\n".repeat(100).getBytes(StandardCharsets.UTF_8), "tar");
    }

    @Test
    void anEmptyFileIsNoTar() throws Exception {
        refused(new byte[0], "tar");
    }

    @Test
    void aTarThatEndsEarlyIsRefused() throws Exception {
        byte[] tar = TestImages.tar(1);
        refused(Arrays.copyOf(tar, tar.length / 2), "breaks off");
    }

    @Test
    void aGzipThatEndsEarlyIsRefused() throws Exception {
        byte[] gzip = gzip(TestImages.tar(1));
        refused(Arrays.copyOf(gzip, gzip.length - 1000), "truncated");
    }

    @Test
    void aGzipWhoseChecksumIsWrongIsRefused() throws Exception {
        byte[] gzip = gzip(TestImages.tar(1));
        gzip[gzip.length - 6] ^= 1;
        refused(gzip, "gzip", "checksum");
    }

    @Test
    void aFileThatIsAbsentIsNamed() {
        assertThat(dray.run("import", folder.resolve("absent.tar").toString(), "app:1")
                        .exited(1)
                        .errors())
                .contains("absent.tar");
    }
}
