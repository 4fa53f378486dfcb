package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of GNU tar in all of its formats, made at test time.
class GnuTarTest {
    private static final byte[] DATA = TarBytes.noise(5000, 1);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void makeFiles() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/d"));
        Path file = Files.write(root.resolve("file"), DATA);
        Files.createLink(root.resolve("hard"), file);
        Files.createSymbolicLink(root.resolve("symbolic"), Path.of("file"));
        Files.write(root.resolve("empty"), new byte[0]);
        Files.write(root.resolve("name-of-seventy-characters-or-so-that-fits-in-a-header"), DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
    void everyFormatIsSplitAndComesBack(String format) throws Exception {
        Splitting split = Splitting.of(tar("--format=" + format)).verify();

        assertThat(split.contents().all()).containsOnlyKeys(Digest.sha256(DATA));
        assertThat(split.summary().headers()).isGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldgnu", "gnu", "posix"})
    void longNamesAreSplitAndComeBack(String format) throws Exception {
        Path deep = Files.createDirectories(folder.resolve("root/" + "deep-folder/".repeat(20)));
        Files.write(deep.resolve("f".repeat(200)), TarBytes.noise(3000, 2));
        Files.createSymbolicLink(deep.resolve("link"), Path.of("t".repeat(300)));

        Splitting split = Splitting.of(tar("--format=" + format)).verify();

        assertThat(split.contents().all())
                .containsOnlyKeys(Digest.sha256(DATA), Digest.sha256(TarBytes.noise(3000, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=oldgnu",
                "--format=gnu",
                "--format=posix --sparse-version=0.0",
                "--format=posix --sparse-version=0.1",
                "--format=posix --sparse-version=1.0"
            })
    void sparseFileIsSplitAsItIsStored(String options) throws Exception {
        try (var sparse = Files.newByteChannel(
                folder.resolve("root/sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE)) {
            for (int i = 0; i < 40; i++) {
                sparse.position(i * 200_000L);
                sparse.write(ByteBuffer.wrap(TarBytes.noise(100, i)));
            }
        }

        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.add("--sparse");
        Splitting split = Splitting.of(tar(arguments.toArray(String[]::new))).verify();

        assertThat(split.summary().size()).isLessThan(1 << 20);
        assertThat(split.contents().all()).hasSize(2).containsKey(Digest.sha256(DATA));
        assertThat(split.recipe().length).isLessThan(4000);
    }

    private byte[] tar(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(options));
        command.addAll(List.of("-C", folder.resolve("root").toString(), "-cf", "archive.tar", "."));
        Path archive = folder.resolve("archive.tar");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                Assertions.fail("GNU tar is needed to make archives", e);
            }
            return Assumptions.abort("archives of GNU tar skipped: there is no tar command");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return Files.readAllBytes(archive);
    }
}
