package dev.dray.engine;

import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.client.push.BlobFate;
import dev.dray.client.push.TaskGroup;
import dev.dray.client.push.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.ImageGraph;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import dev.dray.model.Reference;
import dev.dray.store.Lease;
import dev.dray.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings images from registries into the store.
///
/// Blobs come in parallel and are durable one by one, so that a pull that breaks off is gone on with by the next one.
/// The tag moves last. Thread safe.
final class ImagePull {
    private static final int AT_ONCE = 5;

    private final Store store;
    private final RegistryClient client;
    private final StoreProvenance provenance;

    ImagePull(Store store, RegistryClient client) {
        this.store = store;
        this.client = client;
        this.provenance = new StoreProvenance(store);
    }

    PullReport pull(Reference reference, PlatformChoice platform, TransferListener listener) throws IOException {
        long start = System.nanoTime();
        RemoteRepository remote = client.repository(reference).reportingTo(listener);
        StoredRepository stored = new StoredRepository(store, reference.fullName());
        Named root = choose(remote, named(remote, reference), platform);
        ImageGraph graph = ImageGraph.read(remote, root.manifest(), root.digest());
        try (Lease lease = store.lease()) {
            Collection<Descriptor> blobs = graph.blobs();
            lease.cover(blobs.stream().map(Descriptor::digest).toList());
            List<Descriptor> fetched = fetch(remote, stored, blobs, listener);
            Reference name =
                    reference.tag().map(reference::withTag).orElseGet(() -> reference.withDigest(root.digest()));
            boolean changed = keep(stored, graph, root, name);
            remember(reference, graph);
            return new PullReport(
                    name,
                    root.digest(),
                    changed,
                    blobs.size(),
                    fetched.size(),
                    fetched.stream().mapToLong(Descriptor::size).sum(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /// A manifest and the digest that names it, which need not be SHA-256.
    private record Named(Manifest manifest, Digest digest) {}

    private static Named named(RemoteRepository remote, Reference reference) throws IOException {
        Manifest manifest = remote.manifest(ManifestSelector.of(reference));
        return new Named(
                manifest, reference.digest().orElseGet(() -> manifest.raw().sha256()));
    }

    private static Named choose(RemoteRepository remote, Named root, PlatformChoice choice) throws IOException {
        if (!(root.manifest() instanceof Manifest.Index index)) {
            return root;
        }
        return switch (choice) {
            case PlatformChoice.All() -> root;
            case PlatformChoice.One(var platform) -> {
                Digest child = PlatformChoice.pick(index, platform).digest();
                yield choose(remote, new Named(remote.manifest(ManifestSelector.of(child)), child), choice);
            }
        };
    }

    private static List<Descriptor> fetch(
            RemoteRepository remote, StoredRepository stored, Collection<Descriptor> blobs, TransferListener listener)
            throws IOException {
        Set<Digest> missing = stored.missing(blobs);
        List<Descriptor> toFetch = new ArrayList<>();
        for (Descriptor blob : blobs) {
            if (missing.contains(blob.digest())) {
                toFetch.add(blob);
            } else {
                listener.begin(blob);
                listener.done(blob, new BlobFate.AlreadyThere());
            }
        }
        TaskGroup.forEachOnPlatformThreads(toFetch, AT_ONCE, blob -> {
            Content content = remote.blob(blob);
            stored.putBlob(blob, content);
        });
        return toFetch;
    }

    /// @return whether the name reaches something new
    private static boolean keep(StoredRepository stored, ImageGraph graph, Named root, Reference reference) {
        Optional<Manifest> before = stored.find(ManifestSelector.of(reference));
        stored.putManifests(graph.manifests(), root.digest(), reference.tag());
        return before.map(manifest -> !manifest.raw().equals(root.manifest().raw()))
                .orElse(true);
    }

    /// What a manifest of the repository references, the registry has there.
    private void remember(Reference reference, ImageGraph graph) {
        List<Digest> seen = new ArrayList<>(graph.manifests().keySet());
        graph.blobs().forEach(blob -> seen.add(blob.digest()));
        provenance.seen(reference.host(), reference.repository(), seen);
    }
}
