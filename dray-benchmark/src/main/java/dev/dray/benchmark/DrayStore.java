package dev.dray.benchmark;

import dev.dray.model.Json;
import dev.dray.model.JsonLimits;
import dev.dray.model.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A store that `./dray` works on.
record DrayStore(Path repository, Path folder) {
    /// Runs a command of the built program on the store, and gives what it printed.
    String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(repository.resolve("dray").toString());
        command.addAll(List.of(words));
        command.add("--store=" + folder);
        return Commands.answer(command);
    }

    /// Files of blobs, which are gone when all is kept as recipes.
    List<Path> blobFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// What the catalog takes of the disk, blobs and recipes in it included, for each content of a pack.
    double catalogBytesPerContent() throws IOException, InterruptedException {
        String totals = run("df", "--format=json").lines().toList().getLast();
        JsonValue.JsonObject store =
                Json.parseObject(totals.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "df");
        return (double) store.number("database").orElseThrow()
                / store.object("contents").orElseThrow().number("count").orElseThrow();
    }
}
