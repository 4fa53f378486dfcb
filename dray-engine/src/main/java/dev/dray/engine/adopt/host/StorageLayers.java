package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The layers of a folder of containers/storage: `layers.json`, and from 1.46 on `volatile-layers.json` beside it.
///
/// @param driver `overlay` or `vfs`
record StorageLayers(StoreFiles files, String driver) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LINK = Pattern.compile("l/[A-Z0-9]{1,64}");
    private static final int GZIP = 2;
    private static final int MOST = 1_000;

    /// Whether a text that is to become a part of a path is an ID.
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// One layer.
    record Row(StoreFiles files, String driver, String id, JsonObject document) {
        HostLayer layer(Digest diffId, Optional<KnownBlob> blob, List<SeenAt> seen) throws IOException {
            return new HostLayer(diffId, blob, seen, tarSplit(), folders(), refusal(diffId));
        }

        private Path tarSplit() {
            return files.resolve(driver + "-layers", id + ".tar-split.gz");
        }

        /// The blob that the layer was last seen as, when it was a compressed one.
        Optional<KnownBlob> blob() {
            Optional<String> digest = document.text("compressed-diff-digest").filter(text -> !text.isEmpty());
            if (document.number("compression").orElse(0) != GZIP || digest.equals(document.text("diff-digest"))) {
                return Optional.empty();
            }
            return digest.map(Digest::parse).map(known -> new KnownBlob(MediaType.OCI_LAYER_GZIP, known, size()));
        }

        private OptionalLong size() {
            return document.number("compressed-size");
        }

        private Optional<String> refusal(Digest diffId) {
            Optional<String> noted = document.text("diff-digest").filter(text -> !text.isEmpty());
            boolean inParts =
                    document.text("toc-digest").filter(text -> !text.isEmpty()).isPresent();
            if (inParts && (noted.isEmpty() || !Files.exists(tarSplit()))) {
                return Optional.of("the layer was pulled in parts (zstd:chunked): its tar was never seen whole");
            }
            if (Files.exists(files.resolve(driver, id, "composefs-data"))) {
                return Optional.of("the layer is stored in the format of composefs, which is not read");
            }
            if (noted.isPresent() && !noted.get().equals(diffId.toString())) {
                return Optional.of("the store says that the layer is %s".formatted(noted.get()));
            }
            return Optional.empty();
        }

        private List<Path> folders() throws IOException {
            if (driver.equals("vfs")) {
                return List.of(files.resolve("vfs", "dir", id));
            }
            List<Path> folders = new ArrayList<>();
            folders.add(files.resolve(driver, id, "diff"));
            folders.addAll(template());
            return folders;
        }

        /// A layer that is a copy of another with shifted ownership may have its files in that one, which it
        /// names among its lower folders.
        private List<Path> template() throws IOException {
            Path own = files.resolve(driver, id, "diff");
            boolean empty;
            try (var entries = Files.newDirectoryStream(own)) {
                empty = !entries.iterator().hasNext();
            } catch (NoSuchFileException | AccessDeniedException unreadable) {
                return List.of();
            }
            if (!empty) {
                return List.of();
            }
            List<Path> folders = new ArrayList<>();
            String lower = files.find(files.resolve(driver, id, "lower"))
                    .map(Object::toString)
                    .orElse("");
            for (String link : lower.strip().split(":", -1)) {
                if (LINK.matcher(link).matches()) {
                    Path folder = files.resolve(driver, link).toRealPath();
                    if (folder.startsWith(files.resolve(driver))) {
                        folders.add(folder);
                    }
                }
            }
            return folders;
        }
    }

    /// The layers from the lowest up to the one called `top`.
    ///
    /// @param diffIds as many as there must be
    List<Row> chain(String top, List<Digest> diffIds) throws IOException {
        Map<String, JsonObject> rows = rows();
        List<Row> chain = new ArrayList<>();
        String id = top;
        while (!id.isEmpty()) {
            JsonObject document = rows.get(id);
            if (document == null || !isId(id) || chain.size() > MOST) {
                throw new DrayException(
                        DrayException.Kind.NOT_FOUND,
                        "layer \"%s\" is not in \"%s\"".formatted(id, files.resolve(driver + "-layers")));
            }
            chain.addFirst(new Row(files, driver, id, document));
            id = document.text("parent").orElse("");
        }
        if (chain.size() != diffIds.size()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "the store has %d layers where the image's config names %d"
                            .formatted(chain.size(), diffIds.size()));
        }
        return chain;
    }

    private Map<String, JsonObject> rows() throws IOException {
        Map<String, JsonObject> rows = new HashMap<>();
        try (StoreFiles.Locked _ = files.lock(files.resolve(driver + "-layers", "layers.lock"))) {
            for (String name : List.of("layers.json", "volatile-layers.json")) {
                Optional<JsonValue> document = files.json(files.resolve(driver + "-layers", name));
                document.map(JsonValue::elements).orElse(List.of()).stream()
                        .flatMap(value -> value.asObject().stream())
                        .forEach(row -> row.text("id").ifPresent(id -> rows.put(id, row)));
            }
        }
        return rows;
    }
}
