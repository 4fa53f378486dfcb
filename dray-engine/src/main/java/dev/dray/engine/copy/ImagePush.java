package dev.dray.engine.copy;

import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.engine.verify.DamagedBlobs;
import dev.dray.engine.verify.RepairingRepository;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.ImageGraph;
import dev.dray.store.Store;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sends images of the store to the registries that their names say.
///
/// Names of one repository go in one push, so that what they share is asked for and sent once; repositories follow one
/// another, so that a later one links what an earlier one brought. Thread safe.
public final class ImagePush {
    private final Store store;
    private final ImageFinder finder;
    private final RegistryClient client;
    private final DamagedBlobs damaged;

    public ImagePush(Store store, ImageFinder finder, RegistryClient client, DamagedBlobs damaged) {
        this.store = store;
        this.finder = finder;
        this.client = client;
        this.damaged = damaged;
    }

    /// Where one push goes.
    private record Target(String host, RepositoryName repository) {}

    /// @param referrers whether what refers to the images goes with them
    public Map<Reference, PushReport> push(List<Reference> names, boolean referrers, TransferListener listener)
            throws IOException {
        Map<Target, List<StoredImage>> groups = new LinkedHashMap<>();
        for (Reference name : new LinkedHashSet<>(names)) {
            StoredImage image = finder.find(name).orElseThrow(() -> absent(name));
            groups.computeIfAbsent(new Target(name.host(), name.repository()), _ -> new ArrayList<>())
                    .add(image);
        }
        try (Lease lease = store.lease()) {
            Set<Digest> blobs = new LinkedHashSet<>();
            for (List<StoredImage> images : groups.values()) {
                for (StoredImage image : images) {
                    blobs.addAll(blobs(image));
                }
            }
            lease.cover(blobs);
            return push(groups, referrers, listener);
        }
    }

    /// What is read while it is pushed stays, even when the image is removed meanwhile.
    private Set<Digest> blobs(StoredImage image) throws IOException {
        StoredRepository source = new StoredRepository(store, image.repository());
        Set<Digest> blobs = new LinkedHashSet<>();
        ImageGraph.readPresent(source, image.manifest(), image.digest())
                .blobs()
                .forEach(blob -> blobs.add(blob.digest()));
        return blobs;
    }

    private Map<Reference, PushReport> push(
            Map<Target, List<StoredImage>> groups, boolean referrers, TransferListener listener) throws IOException {
        Map<Reference, PushReport> reports = new LinkedHashMap<>();
        for (Map.Entry<Target, List<StoredImage>> group : groups.entrySet()) {
            Target target = group.getKey();
            List<PushImage> images = new ArrayList<>();
            List<ResolvedImage> referring = new ArrayList<>();
            for (StoredImage image : group.getValue()) {
                images.add(pushed(image));
                referring.addAll(referrers ? referrers(image) : List.of());
            }
            referring.forEach(referrer -> images.add(RegistryTarget.pushed(referrer)));
            PushRequest request = new PushRequest(target.host(), target.repository(), images);
            PushReport report = client.push(request, listener);
            RegistryTarget.list(client.repository(target.host(), target.repository()), referring);
            reports.put(group.getValue().getFirst().reference(), report);
        }
        return reports;
    }

    private List<ResolvedImage> referrers(StoredImage image) throws IOException {
        RepairingRepository source = damaged.repository(image.repository());
        return new ReferrerWalk(source).of(ResolvedImage.present(source, image.manifest(), image.digest()));
    }

    private PushImage pushed(StoredImage image) throws IOException {
        RepairingRepository source = damaged.repository(image.repository());
        requireWhole(source, image);
        return new PushImage(
                image.manifest(), source, image.tag().map(Set::<Tag>of).orElse(Set.of()));
    }

    /// Refuses an index some of whose images were not pulled, by name, before anything is sent.
    private static void requireWhole(RepairingRepository source, StoredImage image) throws IOException {
        ImageGraph present = ImageGraph.readPresent(source, image.manifest(), image.digest());
        List<String> absent = new ResolvedImage(source, present, image.digest()).absent();
        if (!absent.isEmpty()) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "%s is an index of which the store lacks %s".formatted(image.reference(), absent))
                    .advising("pull all of it first: dray pull --platform all");
        }
    }

    private static DrayException absent(Reference name) {
        return new DrayException(
                        DrayException.Kind.NOT_FOUND, "no image \"%s\" in the store".formatted(name.familiar()))
                .advising("give an image this name first: dray tag SOURCE " + name.familiar());
    }
}
