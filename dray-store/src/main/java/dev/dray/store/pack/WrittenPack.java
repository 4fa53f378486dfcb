package dev.dray.store.pack;

import java.nio.file.Path;
import java.util.List;

/// A pack that was written and is no part of the store yet. Its bytes are durable, its name is not.
///
/// @param file where it is staged
/// @param size length of the file in bytes
/// @param rawSize bytes of its raw space
/// @param objects its contents in the order of their places
public record WrittenPack(Path file, long size, long rawSize, List<PackedObject> objects) {
    public WrittenPack {
        objects = List.copyOf(objects);
    }
}
