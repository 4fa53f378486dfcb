package dev.dray.engine.copy;

import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ReferrerSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A repository of a registry as the target of a copy: the push planner decides which blobs are asked for, mounted
/// and sent.
record RegistryTarget(RegistryClient client, Reference target, Provenance provenance, TransferListener listener)
        implements CopyTarget {
    @Override
    public Sent receive(ResolvedImage image, List<ResolvedImage> referrers) {
        requireDigest(image);
        List<PushImage> images = new ArrayList<>();
        images.add(new PushImage(image.root(), image, target.tag().map(Set::of).orElse(Set.of())));
        referrers.forEach(referrer -> images.add(pushed(referrer)));
        PushReport report =
                client.push(new PushRequest(target.host(), target.repository(), images), provenance, listener);
        list(client.repository(target), referrers);
        long bytes = report.blobs().stream()
                .filter(blob -> blob.fate() instanceof BlobFate.Uploaded)
                .mapToLong(blob -> blob.blob().size())
                .sum();
        return new Sent(report.blobs().size(), (int) report.uploaded(), (int) report.linked(), bytes, List.of());
    }

    /// A target that is a digest can only be the image's own.
    private void requireDigest(ResolvedImage image) {
        target.digest().filter(wanted -> !wanted.equals(image.digest())).ifPresent(wanted -> {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "the target says %s, and the image is %s".formatted(wanted, image.digest()));
        });
    }

    /// A referrer as it is pushed: by its digest alone.
    static PushImage pushed(ResolvedImage referrer) {
        return new PushImage(referrer.root(), referrer, Set.of());
    }

    /// Sees to it that the registry lists the referrers, also when it does not do so by itself.
    static void list(RemoteRepository repository, List<ResolvedImage> referrers) {
        Map<Digest, List<Descriptor>> bySubject = new LinkedHashMap<>();
        for (ResolvedImage referrer : referrers) {
            referrer.root()
                    .subject()
                    .ifPresent(subject -> bySubject
                            .computeIfAbsent(subject.digest(), _ -> new ArrayList<>())
                            .add(ReferrerSource.describe(referrer.root(), referrer.digest())));
        }
        bySubject.forEach(repository::listReferrers);
    }
}
