package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads, stores and deletes the manifests of repositories. Thread safe.
public final class RegistryManifests {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;

    RegistryManifests(Store store, Rights rights, RegistryListener listener) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
    }

    /// The result of a put.
    ///
    /// @param subject the manifest's subject, if it is a referrer
    public record Put(Digest digest, Optional<Digest> subject) {}

    /// The manifest, as the bytes that were pushed.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent, or the caller may not see it
    public Stored find(Caller caller, RepositoryName name, ManifestSelector selector, Purpose purpose) {
        return rights.visible(
                caller,
                name,
                purpose,
                store.repository(name).find(selector),
                () -> RegistryException.noManifest(selector));
    }

    /// Checks the right to store manifests, before the body is read.
    public void requirePut(Caller caller, RepositoryName repository) {
        rights.require(caller, repository, Action.PUSH);
    }

    /// Stores a manifest whose content the repository has, and points tags at it, in one transaction; durable on
    /// return.
    ///
    /// @param name the digest that the bytes must have, or a tag, in which case the manifest's digest is its
    ///     SHA-256
    /// @param tags further tags to point at it
    /// @param sources repositories from which the registry may link missing content, see [ContentLinks]
    /// @throws MissingContent when the repository lacks content that it references; nothing was changed
    /// @throws RegistryException of kind INVALID, TOO_LARGE or UNSUPPORTED when it is not a valid manifest of that
    ///     type
    public Put put(
            Caller caller,
            RepositoryName repository,
            ManifestSelector name,
            List<Tag> tags,
            List<RepositoryName> sources,
            MediaType mediaType,
            RawBytes raw) {
        Manifest manifest = parse(mediaType, raw);
        Digest digest = digest(name, raw);
        Set<Tag> wanted = new LinkedHashSet<>();
        if (name instanceof ManifestSelector.ByTag(Tag tag)) {
            wanted.add(tag);
        }
        wanted.addAll(tags);
        List<ContentLinks.Linked> linked;
        try {
            store.requireRoom();
            linked = store.catalog().write(transaction -> {
                rights.require(caller, repository, Action.PUSH);
                Transaction.Repository target = transaction.repository(repository);
                ContentLinks links = ContentLinks.of(transaction, target, readable(caller, sources));
                requireContent(links.missing(manifest));
                target.manifests().put(digest, manifest);
                wanted.forEach(tag -> target.tags().set(tag, digest));
                return links.linked();
            });
        } catch (MissingContent e) {
            listener.happened(new RegistryEvent.ManifestIncomplete(caller, repository, e.digests()));
            throw e;
        }
        linked.forEach(link -> listener.happened(
                new RegistryEvent.BlobMounted(caller, repository, link.digest(), link.source(), link.size())));
        listener.happened(new RegistryEvent.ManifestPut(caller, repository, digest, mediaType, List.copyOf(wanted)));
        return new Put(digest, manifest.subject().map(Descriptor::digest));
    }

    private static Manifest parse(MediaType mediaType, RawBytes raw) {
        try {
            return Manifest.parse(mediaType, raw);
        } catch (DrayException e) {
            throw RegistryException.of(ErrorTopic.MANIFEST, e);
        }
    }

    private static Digest digest(ManifestSelector name, RawBytes raw) {
        return switch (name) {
            case ManifestSelector.ByTag _ -> raw.sha256();
            case ManifestSelector.ByDigest(Digest expected) -> {
                Digest actual = raw.digest(expected.algorithm());
                if (!actual.equals(expected)) {
                    throw RegistryException.digestMismatch(expected, actual);
                }
                yield actual;
            }
        };
    }

    /// Those of `sources` that the caller may pull from now; the others might as well not exist.
    private List<RepositoryName> readable(Caller caller, List<RepositoryName> sources) {
        return sources.stream().filter(source -> rights.mayPull(caller, source)).toList();
    }

    private static void requireContent(Set<Digest> missing) {
        if (!missing.isEmpty()) {
            throw new MissingContent(missing);
        }
    }

    /// The blobs that an image cannot do without.
    static Stream<Digest> needed(Manifest.Image image) {
        return image.blobs().stream().filter(blob -> !blob.mayBeAbsent()).map(Descriptor::digest);
    }

    /// Deletes a tag, or a manifest and the tags that point at it.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent
    public void delete(Caller caller, RepositoryName name, ManifestSelector selector) {
        store.changeToFree(transaction -> {
            rights.require(caller, name, Action.DELETE);
            Transaction.Repository repository = transaction.repository(name);
            boolean found = switch (selector) {
                case ManifestSelector.ByDigest(Digest digest) ->
                    repository.manifests().delete(digest);
                case ManifestSelector.ByTag(Tag tag) -> repository.tags().delete(tag);
            };
            if (!found) {
                throw RegistryException.noManifest(selector);
            }
        });
        listener.happened(new RegistryEvent.ManifestDeleted(caller, name, selector));
    }
}
