package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./dray` in a work tree whose sources are newer than the build. It starts `true` in place of Java.
final class StaleCommandTest {
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path tree;

    private Path source;

    @BeforeEach
    void build() throws IOException {
        Path dist = tree.resolve("dray-cli/target/dist");
        Files.createDirectories(dist.resolve("lib"));
        Files.createDirectories(tree.resolve(".git"));
        Path script = Path.of("..", "dray");
        Files.copy(script, tree.resolve("dray"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(dist.resolve("lib/dray-cli.jar"));
        Files.createFile(dist.resolve("lib/dray-store-0.1.0-SNAPSHOT.jar"));
        Files.writeString(dist.resolve("native-libraries"), "one\ntwo\n");
        source = source("dray-store/src/main/java/Store.java");
        source("dray-testkit/src/main/java/Kit.java");
        Files.setLastModifiedTime(source("pom.xml"), FileTime.from(BUILT.minusSeconds(9)));
        Path java = Files.writeString(dist.resolve("java"), "/bin/true\n");
        Files.setLastModifiedTime(java, FileTime.from(BUILT));
    }

    private Path source(String name) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private Outcome run() {
        return Program.of(tree.resolve("dray").toString()).run("images").succeeded();
    }

    @Test
    void newerSourceIsNamedWithTheCommandThatBuilds() {
        assertThat(run().errors().lines().toList())
                .isEqualTo(List.of("dray: dray-store/src/main/java/Store.java is newer than the command that was built"
                        + " and now runs; to build it again: make build"));
    }

    @Test
    void nothingIsSaidOfOlderSourcesAndOfThoseOfOtherModules() throws IOException {
        Files.setLastModifiedTime(source, FileTime.from(BUILT.minusSeconds(9)));
        assertThat(run().errors()).isEmpty();
    }

    @Test
    void nothingIsSaidOutsideOfAWorkTree() throws IOException {
        Files.delete(tree.resolve(".git"));
        assertThat(run().errors()).isEmpty();
    }
}
