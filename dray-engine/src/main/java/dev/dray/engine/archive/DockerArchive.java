package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.LayoutFiles;
import dev.dray.engine.archive.layout.TarIndex;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Manifest;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads `manifest.json`, which tells what images a docker-archive holds: of each the file of its config, those of its
/// layers, and its names. Docker 1.10 and later write it, as do all other tools that write such archives.
record DockerArchive(LayoutFiles files) {
    static final String MANIFEST = "manifest.json";

    /// @throws DrayException of kind INVALID when a document is malformed or names files that are not there
    List<ArchivedImage.Plain> images() throws IOException {
        RawBytes raw = files.get(MANIFEST).document(described(MANIFEST), Manifest.LARGEST);
        JsonValue document = Json.parse(raw.toByteArray(), JsonLimits.DOCUMENT, described(MANIFEST));
        if (!(document instanceof JsonValue.JsonArray)) {
            throw invalid("\"%s\" is not an array".formatted(MANIFEST));
        }
        List<ArchivedImage.Plain> images = new ArrayList<>();
        for (JsonValue element : document.elements()) {
            images.add(image(element.asObject()
                    .orElseThrow(() -> invalid("\"%s\" holds more than objects".formatted(MANIFEST)))));
        }
        return images;
    }

    private ArchivedImage.Plain image(JsonObject entry) throws IOException {
        String name = entry.text("Config").orElseThrow(() -> invalid("an image has no \"Config\""));
        RawBytes config = files.get(path(name)).document(described(name), JsonLimits.DOCUMENT.bytes());
        List<Digest> diffIds = ImageConfig.parse(config).diffIds();
        List<JsonValue> layers = entry.array("Layers");
        if (layers.size() != diffIds.size()) {
            throw invalid("an image has %d layers, and its config names %d".formatted(layers.size(), diffIds.size()));
        }
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String layer = layers.get(i).text().orElseThrow(() -> invalid("the name of a layer is not a string"));
            contents.add(files.get(path(layer)).named(diffIds.get(i)));
        }
        return new ArchivedImage.Plain(
                config, contents, names(entry), entry.object("LayerSources").isPresent());
    }

    private static List<Reference> names(JsonObject entry) {
        List<Reference> names = new ArrayList<>();
        for (JsonValue value : entry.array("RepoTags")) {
            value.text().filter(name -> !name.isEmpty()).map(Reference::parse).ifPresent(names::add);
        }
        return names;
    }

    private static String path(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private String described(String name) {
        return "\"%s\" of \"%s\"".formatted(TarIndex.shown(name), files.name());
    }

    private DrayException invalid(String why) {
        return new DrayException(DrayException.Kind.INVALID, "invalid archive \"%s\": %s".formatted(files.name(), why));
    }
}
