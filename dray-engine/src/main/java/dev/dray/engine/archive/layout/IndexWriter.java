package dev.dray.engine.archive.layout;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The `index.json` of a layout that is being written. Not thread safe.
public final class IndexWriter {
    /// The content of the file `oci-layout`.
    public static final RawBytes MARK = RawBytes.utf8("{\"imageLayoutVersion\":\"1.0.0\"}");

    private final List<Descriptor> entries;

    /// @param before what is listed already
    public IndexWriter(List<Descriptor> before) {
        this.entries = new ArrayList<>(before);
    }

    /// Lists a manifest, in place of the one that had the name.
    public void list(Manifest manifest, Digest digest, Optional<ListedName> name) {
        Map<String, String> annotations = new LinkedHashMap<>();
        name.flatMap(ListedName::whole).ifPresent(whole -> annotations.put(LayoutIndex.IMAGE_NAME, whole.toString()));
        name.ifPresent(
                given -> annotations.put(LayoutIndex.REF_NAME, given.tag().value()));
        if (name.isPresent()) {
            entries.removeIf(entry -> isSame(entry, annotations)
                    || (entry.digest().equals(digest) && LayoutIndex.name(entry).isEmpty()));
        }
        boolean listed = entries.stream().anyMatch(entry -> entry.digest().equals(digest));
        if (name.isPresent() || !listed) {
            entries.add(new Descriptor(
                    manifest.mediaType(),
                    digest,
                    manifest.raw().size(),
                    Optional.empty(),
                    manifest.artifactType(),
                    annotations,
                    List.of()));
        }
    }

    /// Two images of different repositories may have the same tag, two without repositories may not.
    private static boolean isSame(Descriptor entry, Map<String, String> annotations) {
        return Stream.of(LayoutIndex.REF_NAME, LayoutIndex.IMAGE_NAME)
                .allMatch(name -> annotations
                        .getOrDefault(name, "")
                        .equals(entry.annotations().getOrDefault(name, "")));
    }

    public RawBytes toJson() {
        return Manifest.Index.of(entries).raw();
    }
}
