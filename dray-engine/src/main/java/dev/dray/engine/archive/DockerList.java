package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `manifest.json` of a docker-archive that is being written, whose images' blobs lie where the layout has them.
/// Not thread safe.
final class DockerList {
    private final Map<Digest, Entry> entries = new LinkedHashMap<>();

    private record Entry(Manifest.Image image, Set<String> names) {}

    void add(Manifest.Image image, Optional<Reference> name) {
        Entry entry = entries.computeIfAbsent(image.raw().sha256(), _ -> new Entry(image, new LinkedHashSet<>()));
        name.map(Reference::familiar).ifPresent(entry.names()::add);
    }

    JsonValue toJson() {
        List<JsonValue> list = new ArrayList<>();
        for (Entry entry : entries.values()) {
            list.add(JsonValue.object()
                    .put("Config", OciLayout.path(entry.image().config().digest()))
                    .put("RepoTags", JsonValue.strings(new ArrayList<>(entry.names())))
                    .put(
                            "Layers",
                            JsonValue.strings(entry.image().layers().stream()
                                    .map(Descriptor::digest)
                                    .map(OciLayout::path)
                                    .toList()))
                    .build());
        }
        return JsonValue.array(list);
    }
}
