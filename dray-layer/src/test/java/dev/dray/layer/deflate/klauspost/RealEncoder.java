package dev.dray.layer.deflate.klauspost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real encoder of one version, run by Go: it tells the digest of what it makes of plain bytes. Not thread safe.
final class RealEncoder implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/go/klauspost");
    private static final String PGZIP = "v1.2.6";

    private final Process process;
    private final OutputStream requests;
    private final BufferedReader replies;

    private RealEncoder(Path program) throws IOException {
        process = new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.getOutputStream();
        replies = process.inputReader(UTF_8);
    }

    /// Lets the test go on only where Go is; on a builder of ours it must be.
    static void assumeGo() {
        boolean there = false;
        try {
            there = new ProcessBuilder("go", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw new UncheckedIOException("go is needed to compare with the real encoders", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assumeTrue(there, "go is not installed: not compared with the real encoders");
    }

    /// @param version of klauspost/compress, as `v1.18.2`, or of Go, as `go1.27.3`
    /// @param folder to build in
    static RealEncoder build(String version, Path folder) throws IOException {
        boolean standard = version.startsWith("go");
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        String modules = standard
                ? ""
                : "require github.com/klauspost/compress %s\nrequire github.com/klauspost/pgzip %s\n"
                        .formatted(version, PGZIP);
        Files.writeString(folder.resolve("go.mod"), "module vectors\n\ngo 1.21\n\n" + modules);
        List<String> command = new ArrayList<>(List.of("go", "build", "-mod=mod", "-o", "vectors"));
        if (standard) {
            command.add("-tags=standard");
        }
        ProcessBuilder build = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.log").toFile());
        if (standard) {
            build.environment().put("GOTOOLCHAIN", version);
        }
        try {
            Process process = build.start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException(
                        "go build of %s: %s".formatted(version, Files.readString(folder.resolve("build.log"))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("go build of %s: interrupted".formatted(version), e);
        }
        return new RealEncoder(folder.resolve("vectors"));
    }

    /// SHA-256 in hexadecimal and length of the raw deflate stream.
    String digest(Framing framing, int level, byte[] plain) throws IOException {
        requests.write("%s %d %d %d\n"
                .formatted(framing.word(), level, framing.blockSize(), plain.length)
                .getBytes(UTF_8));
        requests.write(plain);
        requests.flush();
        String reply = replies.readLine();
        if (reply == null) {
            throw new IOException("the encoder ended");
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        replies.close();
        process.destroy();
    }
}
