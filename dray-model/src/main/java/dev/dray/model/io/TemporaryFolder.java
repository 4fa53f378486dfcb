package dev.dray.model.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder that is deleted with its content on close.
public record TemporaryFolder(Path path) implements AutoCloseable {
    /// A new folder in the system's temporary folder.
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /// A new folder beside `target`, so that its content can be renamed to there atomically.
    public static TemporaryFolder beside(Path target, String prefix) throws IOException {
        return new TemporaryFolder(
                Files.createTempDirectory(target.toAbsolutePath().getParent(), prefix));
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    /// Deletes a folder with its content; follows no links.
    public static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
