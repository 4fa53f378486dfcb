package dev.dray.engine.copy;

import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.engine.verify.BlobRepair;
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

/// Pushes images of the store to the registries that their names say.
///
/// Names of one repository go in one push, so that what they share is asked for and sent once; repositories follow one
/// another, so that a later one mounts blobs that an earlier one brought. The manifests of each image are read once and
/// held in memory. Thread safe.
public final class ImagePush {
    private final Store store;
    private final ImageFinder finder;
    private final RegistryClient client;
    private final BlobRepair repair;

    public ImagePush(Store store, ImageFinder finder, RegistryClient client, BlobRepair repair) {
        this.store = store;
        this.finder = finder;
        this.client = client;
        this.repair = repair;
    }

    /// The repository that one push goes to.
    private record Target(String host, RepositoryName repository) {}

    private record Image(StoredImage stored, ResolvedImage resolved) {}

    public Map<Reference, PushReport> push(List<Reference> names, PushOptions options, TransferListener listener)
            throws IOException {
        Map<Target, List<Image>> groups = new LinkedHashMap<>();
        Set<Digest> blobs = new LinkedHashSet<>();
        try (Lease lease = store.lease()) {
            for (Reference name : new LinkedHashSet<>(options.allTags() ? tags(names) : names)) {
                Image image = read(finder.find(name).orElseThrow(() -> absent(name)));
                image.resolved().graph().blobs().forEach(blob -> blobs.add(blob.digest()));
                groups.computeIfAbsent(new Target(name.host(), name.repository()), _ -> new ArrayList<>())
                        .add(image);
            }
            // Blobs stay while they are pushed, even when the image is removed meanwhile.
            lease.cover(blobs);
            return push(groups, options, listener);
        }
    }

    private List<Reference> tags(List<Reference> repositories) {
        List<Reference> tags = new ArrayList<>();
        for (Reference repository : repositories) {
            List<Reference> found = finder.tags(repository);
            if (found.isEmpty()) {
                throw new DrayException(
                        DrayException.Kind.NOT_FOUND,
                        "no tags of \"%s\" in the store".formatted(repository.fullName()));
            }
            tags.addAll(found);
        }
        return tags;
    }

    private Image read(StoredImage image) throws IOException {
        RepairingRepository source = repair.repository(image.repository());
        ImageGraph graph = ImageGraph.readPresent(source, image.manifest(), image.digest());
        return new Image(image, new ResolvedImage(source, graph, image.digest()));
    }

    private Map<Reference, PushReport> push(
            Map<Target, List<Image>> groups, PushOptions options, TransferListener listener) throws IOException {
        Map<Reference, PushReport> reports = new LinkedHashMap<>();
        for (Map.Entry<Target, List<Image>> group : groups.entrySet()) {
            Target target = group.getKey();
            List<PushImage> images = new ArrayList<>();
            List<ResolvedImage> referrers = new ArrayList<>();
            for (Image image : group.getValue()) {
                requireWhole(image);
                images.add(new PushImage(
                        image.resolved().root(),
                        image.resolved(),
                        image.stored().tag().map(Set::<Tag>of).orElse(Set.of())));
                if (options.referrers()) {
                    referrers.addAll(new ReferrerWalk(image.resolved().source()).of(image.resolved()));
                }
            }
            referrers.forEach(referrer -> images.add(RegistryTarget.pushed(referrer)));
            PushRequest request = new PushRequest(target.host(), target.repository(), images);
            PushReport report = client.push(request, listener);
            RegistryTarget.list(client.repository(target.host(), target.repository()), referrers);
            reports.put(group.getValue().getFirst().stored().reference(), report);
        }
        return reports;
    }

    /// Refuses an index some of whose images were not pulled, by name, before anything of its repository is sent.
    private static void requireWhole(Image image) {
        List<String> absent = image.resolved().absent();
        if (!absent.isEmpty()) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "%s is an index of which the store lacks %s"
                                    .formatted(image.stored().reference(), absent))
                    .advising("pull all of it first: dray pull --platform all");
        }
    }

    private static DrayException absent(Reference name) {
        return new DrayException(
                        DrayException.Kind.NOT_FOUND, "no image \"%s\" in the store".formatted(name.familiar()))
                .advising("give an image this name first: dray tag SOURCE " + name.familiar());
    }
}
