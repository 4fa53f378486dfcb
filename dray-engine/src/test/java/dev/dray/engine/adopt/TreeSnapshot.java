package dev.dray.engine.adopt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that is in a folder, with sizes and times to the nanosecond, so that two of them tell whether something was
/// written.
record TreeSnapshot(Map<String, String> entries) {
    static TreeSnapshot of(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                Object changed = Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                entries.put(
                        root.relativize(path).toString(),
                        "%s %d %s %s"
                                .formatted(
                                        attributes.fileKey(),
                                        attributes.size(),
                                        attributes.lastModifiedTime(),
                                        changed));
            }
        }
        return new TreeSnapshot(entries);
    }
}
