package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds images of the store by name, by ID, or all of them. Thread safe.
public final class ImageFinder {
    private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{4,64})");

    private final Store store;

    public ImageFinder(Store store) {
        this.store = store;
    }

    /// The image that `text` stands for: a reference first, then the beginning of an ID.
    ///
    /// @throws DrayException of kind NOT_FOUND, or CONFLICT when several images have that beginning
    public StoredImage get(String text) {
        return byName(text).or(() -> byId(text).stream().findFirst()).orElseThrow(() -> absent(text));
    }

    /// The names that `text` stands for in a removal: one name, or by ID all names of the image.
    ///
    /// @param force whether names in several repositories go at once
    /// @throws DrayException of kind NOT_FOUND, or CONFLICT when several repositories name the image of an ID
    public List<StoredImage> toRemove(String text, boolean force) {
        Optional<StoredImage> named = byName(text);
        List<StoredImage> names = named.isPresent() ? List.of(named.get()) : byId(text);
        if (names.isEmpty()) {
            throw absent(text);
        }
        List<RepositoryName> repositories =
                names.stream().map(StoredImage::repository).distinct().toList();
        if (repositories.size() > 1 && !force) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "image %s has names in several repositories: %s"
                                    .formatted(names.getFirst().id().shortHex(), repositories))
                    .advising("remove it by name, or all of its names with --force");
        }
        return names;
    }

    private Optional<StoredImage> byName(String text) {
        return reference(text).flatMap(this::find);
    }

    private static Optional<Reference> reference(String text) {
        try {
            return Optional.of(Reference.parse(text));
        } catch (DrayException notAReference) {
            return Optional.empty();
        }
    }

    /// The failure when there is no such image; for text that is no name, the reason.
    private static DrayException absent(String text) {
        try {
            var _ = Reference.parse(text);
        } catch (DrayException why) {
            return why;
        }
        return new DrayException(DrayException.Kind.NOT_FOUND, "no image \"%s\" in the store".formatted(text))
                .advising("list those that are there with `dray images`, fetch one with `dray pull`");
    }

    /// The image of this name, when it is there.
    public Optional<StoredImage> find(Reference reference) {
        Optional<Tag> tag = reference.digest().isPresent() ? Optional.empty() : reference.tag();
        return store.repository(reference.fullName())
                .find(ManifestSelector.of(reference))
                .map(stored -> image(reference.fullName(), stored, tag));
    }

    private static StoredImage image(RepositoryName repository, Manifests.Stored stored, Optional<Tag> tag) {
        return new StoredImage(repository, tag, stored.digest(), stored.parse());
    }

    /// Every name of the one image whose ID begins so; none when there is no such image.
    private List<StoredImage> byId(String text) {
        var matcher = ID.matcher(text);
        if (!matcher.matches()) {
            return List.of();
        }
        List<StoredImage> found = all().stream()
                .filter(image -> image.id().hex().startsWith(matcher.group(1)))
                .toList();
        long different = found.stream().map(StoredImage::id).distinct().count();
        if (different > 1) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "%d images have an ID that begins with \"%s\"".formatted(different, text))
                    .advising("give more of the ID; `dray images --no-trunc` prints it in full");
        }
        return found;
    }

    /// Every tagged image, and every untagged one that no index holds and that refers to no other one, in the order
    /// of their names.
    public List<StoredImage> all() {
        return store.repositories().stream()
                .flatMap(repository -> of(repository.name(), repository.contents()).stream())
                .toList();
    }

    /// The tags of a repository, as full names.
    public List<Reference> tags(Reference repository) {
        return store.repository(repository.fullName()).tags().stream()
                .map(entry -> repository.withTag(entry.tag()))
                .toList();
    }

    private static boolean refersTo(Manifest manifest, Set<Digest> subjects) {
        return manifest.subject()
                .map(Descriptor::digest)
                .filter(subjects::contains)
                .isPresent();
    }

    private static List<StoredImage> of(RepositoryName repository, Repository.Contents contents) {
        Map<Digest, Manifests.Stored> manifests = contents.manifests();
        List<StoredImage> images = new ArrayList<>();
        Set<Digest> named = contents.children();
        for (Tags.Entry entry : contents.tags()) {
            Manifests.Stored stored = manifests.get(entry.manifest());
            if (stored != null) {
                images.add(image(repository, stored, Optional.of(entry.tag())));
                named.add(entry.manifest());
            }
        }
        manifests.values().stream()
                .filter(stored -> !named.contains(stored.digest()))
                .map(stored -> image(repository, stored, Optional.empty()))
                .filter(image -> !refersTo(image.manifest(), manifests.keySet()))
                .forEach(images::add);
        return images;
    }
}
