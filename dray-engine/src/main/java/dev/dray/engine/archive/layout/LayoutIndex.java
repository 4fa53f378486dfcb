package dev.dray.engine.archive.layout;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The entries of `index.json` and their names: `org.opencontainers.image.ref.name` is a tag or a whole name,
/// `io.containerd.image.name`, which docker, containerd and BuildKit write, a whole one.
///
/// @param location the name of the layout for messages
public record LayoutIndex(String location, Manifest.Index index) {
    public static final String REF_NAME = "org.opencontainers.image.ref.name";
    static final String IMAGE_NAME = "io.containerd.image.name";
    private static final int MOST_SHOWN = 20;

    List<Descriptor> manifests() {
        return index.manifests();
    }

    /// The type that is listed for a manifest, when it is listed.
    Optional<MediaType> type(Digest digest) {
        return index.manifests().stream()
                .filter(descriptor -> descriptor.digest().equals(digest))
                .map(Descriptor::mediaType)
                .findFirst();
    }

    /// The manifest of a name: a tag, or a whole name.
    ///
    /// @throws DrayException of kind NOT_FOUND, or CONFLICT when several manifests have it
    Descriptor named(String name) {
        List<Descriptor> found = distinct(index.manifests().stream()
                .filter(descriptor -> isNamed(descriptor, name))
                .toList());
        if (found.isEmpty()) {
            throw new DrayException(
                            DrayException.Kind.NOT_FOUND,
                            "\"%s\" has no image \"%s\"".formatted(location, TarIndex.shown(name)))
                    .advising("it has " + names());
        }
        if (found.size() > 1) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "\"%s\" has several images \"%s\"".formatted(location, TarIndex.shown(name)))
                    .advising("give the whole name; it has " + names());
        }
        return found.getFirst();
    }

    /// The manifest that is meant when no name is given: the only one, or the only one with a name.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, CONFLICT when there are several
    Descriptor only() {
        List<Descriptor> all = distinct(index.manifests());
        List<Descriptor> named =
                all.stream().filter(descriptor -> name(descriptor).isPresent()).toList();
        List<Descriptor> candidates = named.size() == 1 ? named : all;
        if (candidates.isEmpty()) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "\"%s\" holds no image".formatted(location));
        }
        if (candidates.size() > 1) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "\"%s\" holds %d images".formatted(location, candidates.size()))
                    .advising("say which one, as in %s:TAG; it has %s".formatted(location, names()));
        }
        return candidates.getFirst();
    }

    /// Entries of one digest differ in their names only.
    private static List<Descriptor> distinct(List<Descriptor> descriptors) {
        Map<Digest, Descriptor> byDigest = new LinkedHashMap<>();
        for (Descriptor descriptor : descriptors) {
            Descriptor known = byDigest.get(descriptor.digest());
            if (known == null || name(known).isEmpty()) {
                byDigest.put(descriptor.digest(), descriptor);
            }
        }
        return new ArrayList<>(byDigest.values());
    }

    /// The name that an entry has for people.
    public static Optional<String> name(Descriptor descriptor) {
        return Optional.ofNullable(descriptor.annotations().get(IMAGE_NAME))
                .or(() -> Optional.ofNullable(descriptor.annotations().get(REF_NAME)))
                .filter(name -> !name.isEmpty());
    }

    /// The name of an entry as a reference; empty when it has none, or only a tag.
    public static Optional<Reference> reference(Descriptor descriptor) {
        return name(descriptor).filter(LayoutIndex::isWhole).flatMap(LayoutIndex::parsed);
    }

    /// A tag has neither a slash nor a colon, a whole name has.
    public static boolean isWhole(String name) {
        return name.indexOf('/') >= 0 || name.indexOf(':') >= 0;
    }

    private static boolean isNamed(Descriptor descriptor, String name) {
        String listed = descriptor.annotations().getOrDefault(REF_NAME, "");
        boolean byTag = listed.equals(name) || listed.endsWith(":" + name);
        return byTag || (isWhole(name) && reference(descriptor).equals(parsed(name)));
    }

    /// The name as a reference, when it is one.
    public static Optional<Reference> parsed(String name) {
        try {
            return Optional.of(Reference.parse(name));
        } catch (DrayException notAName) {
            return Optional.empty();
        }
    }

    private String names() {
        String names = index.manifests().stream()
                .map(descriptor -> name(descriptor).orElse(null))
                .filter(Objects::nonNull)
                .map(TarIndex::shown)
                .limit(MOST_SHOWN)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no names" : names;
    }
}
