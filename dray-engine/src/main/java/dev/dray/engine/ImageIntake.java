package dev.dray.engine;

import dev.dray.client.push.TransferListener;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.store.Lease;
import dev.dray.store.Store;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Takes images of any source into repositories of the store.
///
/// Blobs come in parallel and are durable one by one, so that an intake that breaks off is gone on with by the next
/// one. Manifests and tag appear together, last. Thread safe.
record ImageIntake(Store store, TransferListener listener) {
    /// What an intake did.
    ///
    /// @param changed false when the name reached that image before
    /// @param blobs how many the image has
    /// @param fetched those that the store lacked
    record Taken(boolean changed, int blobs, List<Descriptor> fetched) {
        long bytes() {
            return fetched.stream().mapToLong(Descriptor::size).sum();
        }
    }

    Taken take(Parcel image, RepositoryName into, Optional<Tag> tag) throws IOException {
        StoredRepository stored = new StoredRepository(store, into);
        Collection<Descriptor> blobs = image.graph().blobs();
        try (Lease lease = store.lease()) {
            lease.cover(blobs.stream().map(Descriptor::digest).toList());
            List<Descriptor> fetched = new ImageWalk(image, stored, ImageWalk.AT_ONCE, listener).blobs(blobs);
            return new Taken(keep(stored, image, tag), blobs.size(), fetched);
        }
    }

    /// @return whether the name reaches something new
    private static boolean keep(StoredRepository stored, Parcel image, Optional<Tag> tag) {
        Digest digest = image.digest();
        Optional<Manifest> before = stored.find(tag.map(ManifestSelector::of).orElse(ManifestSelector.of(digest)));
        stored.putManifests(image.graph().manifests(), digest, tag);
        return before.map(manifest -> !manifest.raw().equals(image.root().raw()))
                .orElse(true);
    }
}
