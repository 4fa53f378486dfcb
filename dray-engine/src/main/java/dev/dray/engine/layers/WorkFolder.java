package dev.dray.engine.layers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder for work under way; what is still in it when it is closed is removed with it.
record WorkFolder(Path path) implements AutoCloseable {
    /// A new folder where the system keeps temporary ones.
    static WorkFolder temporary() throws IOException {
        return new WorkFolder(Files.createTempDirectory("dray-layers"));
    }

    /// A new folder beside `target`, so that what is made in it can be moved there in one step.
    static WorkFolder beside(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        return new WorkFolder(Files.createTempDirectory(parent, ".dray-layers"));
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    /// Removes a folder with all that is in it; no link is followed.
    static void remove(Path folder) throws IOException {
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
