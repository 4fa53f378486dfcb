package dev.dray.benchmark.stage;

import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A store used through `./dray`.
public record DrayStore(Path repository, Path folder) {
    /// Column of [#catalog].
    public static final String CATALOG = "dray";

    /// Runs the built program on the store, and returns its output.
    public String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(repository.resolve("dray").toString());
        command.addAll(List.of(words));
        command.add("--store=" + folder);
        return Commands.answer(command);
    }

    /// Files of blobs; none when every blob is kept as a recipe.
    public List<Path> blobFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// Contents, and the catalog's disk space for each, including the blobs and recipes in it, less that of an
    /// empty store.
    ///
    /// @param empty a folder for an empty store
    public void catalog(Path empty, Figures figures) throws IOException, InterruptedException {
        JsonValue.JsonObject store = totals();
        double contents = store.object("contents").orElseThrow().number("count").orElseThrow();
        double catalog = store.number("database").orElseThrow();
        double first =
                new DrayStore(repository, empty).totals().number("database").orElseThrow();
        figures.add("contents", CATALOG, contents);
        figures.add("catalog, kB", CATALOG, catalog / 1e3);
        figures.add("an empty store's catalog, kB", CATALOG, first / 1e3);
        figures.add("bytes for each content beside that", CATALOG, (catalog - first) / contents);
    }

    private JsonValue.JsonObject totals() throws IOException, InterruptedException {
        String totals = run("df", "--format=json").lines().toList().getLast();
        return Json.parseObject(totals.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "df");
    }
}
