package dev.dray.engine.copy;

import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.engine.intake.ImageIntake;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.repository.StoreProvenance;
import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Pulls images from registries into the store. Thread safe.
public final class ImagePull {
    private final Store store;
    private final RegistryClient client;
    private final StoreProvenance provenance;
    private final PolicyListener listener;

    public ImagePull(Store store, RegistryClient client, PolicyListener listener) {
        this.store = store;
        this.client = client;
        this.listener = listener;
        this.provenance = new StoreProvenance(store);
    }

    public PullReport pull(Reference reference, PullOptions options) throws IOException {
        long start = System.nanoTime();
        RemoteRepository remote = client.repository(reference);
        ResolvedImage image =
                found(remote, reference).chosen(options.platform()).whole();
        List<ResolvedImage> referring = options.referrers() ? new ReferrerWalk(remote).of(image) : List.of();
        requireHad(remote, reference, image);
        for (ResolvedImage referrer : referring) {
            requireHad(remote, reference, referrer);
        }
        ImageIntake intake = new ImageIntake(store, options.later(), listener);
        ImageIntake.Taken taken =
                intake.take(image, reference.fullName(), reference.tag(), () -> remember(reference, image));
        for (ResolvedImage referrer : referring) {
            taken = taken.and(intake.take(referrer, reference.fullName(), Optional.empty()));
            remember(reference, referrer);
        }
        return new PullReport(
                reference.tag().map(reference::withTag).orElseGet(() -> reference.withDigest(image.digest())),
                image.digest(),
                taken.changed(),
                taken.blobs(),
                taken.fetched().size(),
                taken.bytes(),
                referring.size(),
                taken.policy(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /// The manifest that a reference names, by the digest that it names or has.
    static FoundImage found(RemoteRepository remote, Reference reference) throws IOException {
        Manifest manifest = remote.manifest(ManifestSelector.of(reference));
        return new FoundImage(
                remote,
                manifest,
                reference.digest().orElseGet(() -> manifest.raw().sha256()));
    }

    /// A blob that the store has is not fetched, so the registry is asked whether it has the blob in this
    /// repository: a manifest that a stranger wrote must not turn a private layer of this host into a part of their
    /// image, which a push would then publish. What was seen there before is not asked for again.
    private void requireHad(RemoteRepository remote, Reference reference, ResolvedImage image) throws IOException {
        List<Descriptor> unseen = image.graph().blobs().stream()
                .filter(blob -> !provenance.isSeen(reference.host(), reference.repository(), blob.digest()))
                .toList();
        Set<Digest> held = store.catalog()
                .read(transaction -> unseen.stream()
                        .map(Descriptor::digest)
                        .filter(digest -> transaction.blobs().find(digest).isPresent())
                        .collect(Collectors.toSet()));
        Set<Digest> absent = remote.absent(unseen.stream()
                .filter(blob -> held.contains(blob.digest()) && !isElsewhere(blob))
                .toList());
        if (!absent.isEmpty()) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND,
                    "%s names %d blobs that are not in its repository, the first %s"
                            .formatted(
                                    reference.familiar(),
                                    absent.size(),
                                    absent.iterator().next()));
        }
    }

    /// A layer that may not be passed on and says where it is to be had.
    private static boolean isElsewhere(Descriptor blob) {
        return blob.mediaType().isNonDistributable() && !blob.urls().isEmpty();
    }

    /// Remembers where the blobs are: a registry has in a repository all that a manifest there references.
    private void remember(Reference reference, ResolvedImage image) {
        List<Digest> seen = new ArrayList<>(image.graph().manifests().keySet());
        image.graph().blobs().forEach(blob -> seen.add(blob.digest()));
        provenance.seen(reference.host(), reference.repository(), seen);
    }
}
