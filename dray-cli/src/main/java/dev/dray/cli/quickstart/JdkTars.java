package dev.dray.cli.quickstart;

import dev.dray.layer.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Tars of the running JDK's own files: real content that every host has.
final class JdkTars {
    private static final Instant MODIFIED = Instant.ofEpochSecond(1_700_000_000);
    private static final String PREFIX = "opt/java/";

    private final Path home;

    JdkTars(Path home) {
        this.home = home;
    }

    /// Writes the tars into `folder`, one for each layer, lowest first.
    List<Path> write(Path folder) throws IOException {
        Map<String, Predicate<String>> layers = new LinkedHashMap<>();
        layers.put("settings", path -> !path.startsWith("lib") && !path.startsWith("bin"));
        layers.put("programs", path -> path.startsWith("bin"));
        layers.put("libraries", path -> path.startsWith("lib") && path.indexOf('/', 4) < 0 && path.endsWith(".so"));
        layers.put("machine", path -> path.startsWith("lib/server"));
        layers.put("modules", path -> path.equals("lib/modules"));
        List<Path> tars = new ArrayList<>();
        for (Map.Entry<String, Predicate<String>> layer : layers.entrySet()) {
            tars.add(write(folder.resolve(layer.getKey() + ".tar"), layer.getValue()));
        }
        return tars;
    }

    private Path write(Path tar, Predicate<String> belongs) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 18);
                TarWriter writer = new TarWriter(out, MODIFIED);
                Stream<Path> files = Files.walk(home)) {
            writer.directory(PREFIX);
            for (Path file : files.sorted().toList()) {
                String path = home.relativize(file).toString();
                if (!path.isEmpty() && belongs.test(path)) {
                    add(writer, file, PREFIX + path);
                }
            }
        }
        return tar;
    }

    private static void add(TarWriter writer, Path file, String name) throws IOException {
        if (Files.isSymbolicLink(file)) {
            writer.link(name, Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            writer.directory(name);
        } else if (Files.isReadable(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                writer.file(name, Files.isExecutable(file) ? 0755 : 0644, Files.size(file), in);
            }
        }
    }
}
