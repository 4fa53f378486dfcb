package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The measured layer: a given tar, or one of real folders of this host, always in the same order.
public final class LayerTar {
    private static final List<Path> FOLDERS =
            List.of(Path.of("/etc"), Path.of("/usr/lib/x86_64-linux-gnu"), Path.of("/usr/bin"), Path.of("/usr/share"));

    private LayerTar() {}

    /// @param file the output
    /// @param size target in plain bytes, spread evenly over the folders as far as they last
    public static void make(Path file, long size) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        long left = size;
        for (int i = 0; i < FOLDERS.size(); i++) {
            left -= add(FOLDERS.get(i), left / (FOLDERS.size() - i), names);
        }
        write(file, names);
    }

    /// Tars of disjoint real files of this host.
    ///
    /// @param size approximate bytes of each
    public static List<Path> slices(Path folder, int count, long size) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        var _ = add(Path.of("/usr"), count * size, names);
        List<Path> tars = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            long sum = 0;
            int to = from;
            while (to < names.size() && sum < size) {
                Path path = Path.of(names.get(to++));
                sum += 512 + (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0);
            }
            Path tar = folder.resolve("slice-" + i + ".tar");
            write(tar, names.subList(from, to));
            tars.add(tar);
            from = to;
        }
        return tars;
    }

    private static void write(Path file, List<String> names) throws IOException, InterruptedException {
        Path list = file.resolveSibling("layer.names");
        Files.writeString(list, String.join("\0", names));
        Process tar = new ProcessBuilder(
                        "tar",
                        "--create",
                        "--file=" + file,
                        "--null",
                        "--no-recursion",
                        "--numeric-owner",
                        "--absolute-names",
                        "--hard-dereference",
                        "--files-from=" + list)
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
    }

    /// How many entries a tar has, as tar lists them.
    public static long entries(Path file) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "--list", "--absolute-names", "--file=" + file)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long entries;
        try (Stream<String> lines = tar.inputReader().lines()) {
            entries = lines.count();
        }
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
        return entries;
    }

    private static long add(Path folder, long most, List<String> names) throws IOException {
        long size = 0;
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted().toList();
        }
        for (Path path : paths) {
            boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            if (size < most && (regular || Files.isDirectory(path) || Files.isSymbolicLink(path))) {
                names.add(path.toString());
                size += 512 + (regular ? Files.size(path) : 0);
            }
        }
        return size;
    }
}
