package dev.dray.engine;

import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Manifest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Finds images of the store by name, by ID, or all of them. Thread safe.
final class ImageFinder {
    private static final int PAGE = 200;
    private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{4,64})");

    private final Store store;

    ImageFinder(Store store) {
        this.store = store;
    }

    /// The image that a person means: a reference first, else the beginning of an ID.
    ///
    /// @throws DrayException of kind NOT_FOUND, or CONFLICT when several images have that beginning
    StoredImage get(String text) {
        Optional<Reference> reference = reference(text);
        return reference
                .flatMap(this::find)
                .or(() -> byId(text).stream().findFirst())
                .orElseThrow(() -> reference.isEmpty()
                        ? malformed(text)
                        : new DrayException(
                                        DrayException.Kind.NOT_FOUND, "no image \"%s\" in the store".formatted(text))
                                .advising("list those that are there with `dray images`, fetch one with `dray pull`"));
    }

    /// What is removed when a person says `text`: one name, or by ID all names of the image.
    ///
    /// @param force whether names in several repositories go at once
    /// @throws DrayException of kind NOT_FOUND, or CONFLICT when several repositories name the image of an ID
    List<StoredImage> toRemove(String text, boolean force) {
        StoredImage image = get(text);
        if (reference(text).flatMap(this::find).isPresent()) {
            return List.of(image);
        }
        List<StoredImage> names = byId(text);
        List<RepositoryName> repositories =
                names.stream().map(StoredImage::repository).distinct().toList();
        if (repositories.size() > 1 && !force) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "image %s has names in several repositories: %s"
                                    .formatted(image.id().shortHex(), repositories))
                    .advising("remove it by name, or all of its names with --force");
        }
        return names;
    }

    private static Optional<Reference> reference(String text) {
        try {
            return Optional.of(Reference.parse(text));
        } catch (DrayException notAReference) {
            return Optional.empty();
        }
    }

    private static DrayException malformed(String text) {
        try {
            return new DrayException(DrayException.Kind.NOT_FOUND, "no image \"%s\"".formatted(Reference.parse(text)));
        } catch (DrayException why) {
            return why;
        }
    }

    /// The image of this name, when it is there.
    Optional<StoredImage> find(Reference reference) {
        return store.catalog().read(transaction -> {
            Transaction.Repository repository = transaction.repository(reference.fullName());
            Optional<Digest> digest =
                    reference.digest().or(() -> reference.tag().flatMap(repository.tags()::find));
            return digest.flatMap(repository.manifests()::find)
                    .map(stored -> image(
                            repository, stored, reference.digest().isPresent() ? Optional.empty() : reference.tag()));
        });
    }

    private static StoredImage image(Transaction.Repository repository, Manifests.Stored stored, Optional<Tag> tag) {
        return new StoredImage(repository.name(), tag, stored.digest(), stored.parse());
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

    /// Every tagged image, and every untagged one that no index holds, in the order of their names.
    List<StoredImage> all() {
        return all((image, _) -> image);
    }

    /// All of [#all], each turned into something in the transaction that read it.
    <T> List<T> all(BiFunction<StoredImage, RepositoryView, T> turned) {
        List<T> all = new ArrayList<>();
        Optional<RepositoryName> last = Optional.empty();
        while (true) {
            Optional<RepositoryName> after = last;
            List<RepositoryName> page = store.catalog().read(transaction -> {
                List<RepositoryName> names = transaction.repositories(after, PAGE);
                for (RepositoryName name : names) {
                    RepositoryView view = new RepositoryView(store, transaction, name);
                    of(transaction.repository(name)).forEach(image -> all.add(turned.apply(image, view)));
                }
                return names;
            });
            if (page.size() < PAGE) {
                return all;
            }
            last = Optional.of(page.getLast());
        }
    }

    /// The tags of a repository, as full names.
    List<Reference> tags(Reference repository) {
        return store.catalog()
                .read(transaction -> tags(transaction.repository(repository.fullName())).stream()
                        .map(entry -> repository.withTag(entry.tag()))
                        .toList());
    }

    private static List<StoredImage> of(Transaction.Repository repository) {
        Map<Digest, Manifests.Stored> manifests = manifests(repository);
        List<StoredImage> images = new ArrayList<>();
        Set<Digest> named = new HashSet<>();
        for (Tags.Entry entry : tags(repository)) {
            Manifests.Stored stored = manifests.get(entry.manifest());
            if (stored != null) {
                images.add(image(repository, stored, Optional.of(entry.tag())));
                named.add(entry.manifest());
            }
        }
        manifests.values().forEach(stored -> {
            if (stored.mediaType().isIndex() && stored.parse() instanceof Manifest.Index index) {
                index.manifests().stream().map(Descriptor::digest).forEach(named::add);
            }
        });
        manifests.values().stream()
                .filter(stored -> !named.contains(stored.digest()))
                .forEach(stored -> images.add(image(repository, stored, Optional.empty())));
        return images;
    }

    private static Map<Digest, Manifests.Stored> manifests(Transaction.Repository repository) {
        Map<Digest, Manifests.Stored> manifests = new LinkedHashMap<>();
        List<Manifests.Stored> page = repository.manifests().list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(stored -> manifests.put(stored.digest(), stored));
            page = page.size() < PAGE
                    ? List.of()
                    : repository.manifests().list(Optional.of(page.getLast().digest()), PAGE);
        }
        return manifests;
    }

    private static List<Tags.Entry> tags(Transaction.Repository repository) {
        List<Tags.Entry> tags = new ArrayList<>();
        List<Tags.Entry> page = repository.tags().list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            tags.addAll(page);
            page = page.size() < PAGE
                    ? List.of()
                    : repository.tags().list(Optional.of(page.getLast().tag()), PAGE);
        }
        return tags;
    }
}
