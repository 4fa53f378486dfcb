package dev.dray.engine.intake;

import dev.dray.engine.policy.PolicyApplier;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.PolicyReport;
import dev.dray.engine.policy.RequiredForms;
import dev.dray.engine.policy.StoredPolicy;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.engine.transfer.ImageWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.Store;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Takes images from any source into repositories of the store, and applies the policy to their layers.
///
/// Blobs are durable one by one, so the next intake resumes one that broke off. Layers are split while they come
/// and proven one by one: they come one after the other and the largest first, so that the first proof begins
/// early and the last one is short. Manifests and tag appear together, when all blobs are there and before the
/// last proofs. Thread safe.
///
/// @param later whether the blobs keep their files for now, whatever the policy says
public record ImageIntake(Store store, boolean later, PolicyListener listener) {
    /// The result of an intake.
    ///
    /// @param changed false when the name reached that image before
    /// @param blobs how many the image has
    /// @param fetched those that the store lacked
    /// @param policy the changes to its layers
    public record Taken(boolean changed, int blobs, List<Descriptor> fetched, PolicyReport policy) {
        public long bytes() {
            return fetched.stream().mapToLong(Descriptor::size).sum();
        }

        /// Adds the result for a referrer; [#changed] stays that of the image.
        public Taken and(Taken more) {
            return new Taken(
                    changed,
                    blobs + more.blobs,
                    Stream.concat(fetched.stream(), more.fetched.stream()).toList(),
                    policy.and(more.policy));
        }
    }

    public Taken take(ResolvedImage image, RepositoryName into, Optional<Tag> tag) throws IOException {
        return take(image, into, tag, () -> {});
    }

    /// @param there is run when the image can be used, before the last proofs
    public Taken take(ResolvedImage image, RepositoryName into, Optional<Tag> tag, Runnable there) throws IOException {
        StoredRepository stored = new StoredRepository(store, into);
        Collection<Descriptor> blobs = image.graph().blobs();
        RequiredForms required = RequiredForms.in(store, new StoredPolicy(store).read(), Set.of(into));
        try (Lease lease = store.lease();
                PolicyApplier applier = new PolicyApplier(required, later, listener)) {
            lease.cover(blobs.stream().map(Descriptor::digest).toList());
            SplittingSink sink = new SplittingSink(store, stored, required, applier, new SerialReads(), later);
            List<Descriptor> largestFirst = blobs.stream()
                    .sorted(Comparator.comparingLong(Descriptor::size).reversed())
                    .toList();
            List<Descriptor> fetched = new ImageWalk(image, sink, SplittingSink.AT_ONCE, listener).blobs(largestFirst);
            boolean changed = publish(stored, image, tag);
            there.run();
            applyToOthers(applier, largestFirst, fetched);
            return new Taken(changed, blobs.size(), fetched, applier.await());
        }
    }

    /// Applies the policy to blobs that were there before. Layers that may not be distributed can be absent.
    private void applyToOthers(PolicyApplier applier, List<Descriptor> blobs, List<Descriptor> fetched) {
        Set<Descriptor> come = new HashSet<>(fetched);
        for (Descriptor blob : blobs) {
            if (!come.contains(blob) && store.blobs().row(blob.digest()).isPresent()) {
                applier.apply(blob);
            }
        }
    }

    /// @return whether the name reaches something new
    private static boolean publish(StoredRepository stored, ResolvedImage image, Optional<Tag> tag) {
        Digest digest = image.digest();
        Optional<Manifest> before = stored.find(tag.map(ManifestSelector::of).orElse(ManifestSelector.of(digest)));
        stored.putManifests(image.graph().manifests(), digest, tag);
        return before.map(manifest -> !manifest.raw().equals(image.root().raw()))
                .orElse(true);
    }
}
