package dev.dray.client.push;

import dev.dray.client.push.PushReport.PushedBlob;
import dev.dray.client.push.PushReport.PushedTag;
import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TaskGroup;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.RegistryException;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Pushes images to one repository with few requests:
///
/// 1. An image with content seen in the target is first queried by its tags: one HEAD each, and a tag with the right
/// digest is done. If the digest differs but the image itself was seen there, one HEAD by digest may show that only the
/// tag is missing.
/// 2. Each remaining distinct blob is handled once, several concurrently, by its [BlobPlan].
/// 3. Manifests follow, children before indexes, the tags last.
/// 4. When the registry then reports a missing blob, contrary to its earlier reply or the provenance, the blob is sent
/// once and the manifest once more.
///
/// The provenance records the content that arrived, also when the push failed. Thread safe; one instance per push.
public final class Pusher {
    private static final int MOST_SOURCES = 32;

    private final PushTarget target;
    private final Provenance provenance;
    private final TransferListener listener;
    private final int atOnce;

    /// @param atOnce most concurrent blobs, and most concurrent manifests
    public Pusher(PushTarget target, Provenance provenance, TransferListener listener, int atOnce) {
        this.target = target;
        this.provenance = provenance;
        this.listener = listener;
        this.atOnce = atOnce;
    }

    /// @param meter counts the target's traffic
    public PushReport push(PushRequest request, TrafficMeter meter) {
        long start = System.nanoTime();
        Work work = new Work(request);
        try {
            work.run();
        } catch (IOException e) {
            throw new DrayException(
                    DrayException.Kind.UNAVAILABLE,
                    "cannot push to %s/%s: %s".formatted(request.host(), request.repository(), e.getMessage()),
                    e);
        } finally {
            work.remember();
        }
        return new PushReport(
                work.blobReport(), work.tagReport(), meter.read(), Duration.ofNanos(System.nanoTime() - start));
    }

    /// A tag to point at a root.
    private record Pointer(PushGraph graph, Optional<Tag> tag) {
        ManifestSelector selector() {
            return tag.map(ManifestSelector::of).orElse(ManifestSelector.of(graph.root()));
        }
    }

    /// The state of one push.
    private final class Work {
        private final PushRequest request;
        private final List<PushGraph> graphs = new ArrayList<>();
        private final Map<Digest, PushGraph.Blob> blobs = new LinkedHashMap<>();
        private final Map<Digest, BlobFate> fates = new ConcurrentHashMap<>();
        private final Set<Digest> manifests = ConcurrentHashMap.newKeySet();
        private final Set<Pointer> inPlace = ConcurrentHashMap.newKeySet();

        Work(PushRequest request) {
            this.request = request;
        }

        void run() throws IOException {
            for (PushImage image : request.images()) {
                graphs.add(PushGraph.walk(image));
            }
            graphs.forEach(graph -> graph.blobs().forEach(blobs::putIfAbsent));
            Map<Digest, BlobPlan> plans = plans();
            target.prepare(sources(plans.values()));
            List<Pointer> open = new ArrayList<>(pointers());
            TaskGroup.forEach(
                    open.stream().filter(pointer -> isRemembered(pointer.graph)).toList(), atOnce, this::look);
            open.removeAll(inPlace);
            Set<PushGraph> left = new LinkedHashSet<>();
            open.forEach(pointer -> left.add(pointer.graph));
            sendBlobs(left, plans);
            sendManifests(left, open);
        }

        private Map<Digest, BlobPlan> plans() {
            Map<Digest, BlobPlan> plans = new LinkedHashMap<>();
            blobs.forEach((digest, blob) ->
                    plans.put(digest, BlobPlan.of(blob, request.host(), request.repository(), provenance)));
            return plans;
        }

        /// The sources of the most blobs, as many as fit into the address of a token request.
        private static List<RepositoryName> sources(Collection<BlobPlan> plans) {
            Map<RepositoryName, Integer> uses = new LinkedHashMap<>();
            plans.forEach(plan -> plan.source().ifPresent(source -> uses.merge(source, 1, Integer::sum)));
            return uses.entrySet().stream()
                    .sorted(Comparator.comparingInt(use -> -use.getValue()))
                    .limit(MOST_SOURCES)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Set<Pointer> pointers() {
            Set<Pointer> pointers = new LinkedHashSet<>();
            for (PushGraph graph : graphs) {
                graph.image().tags().forEach(tag -> pointers.add(new Pointer(graph, Optional.of(tag))));
                if (graph.image().tags().isEmpty()) {
                    pointers.add(new Pointer(graph, Optional.empty()));
                }
            }
            return pointers;
        }

        private boolean isRemembered(PushGraph graph) {
            return graph.blobs().keySet().stream()
                    .anyMatch(digest -> provenance.isSeen(request.host(), request.repository(), digest));
        }

        private void look(Pointer pointer) throws IOException {
            if (isThere(pointer, pointer.selector())) {
                inPlace.add(pointer);
                noteThere(pointer.graph);
            } else if (pointer.tag.isPresent()
                    && provenance.isSeen(request.host(), request.repository(), pointer.graph.root())
                    && isThere(pointer, ManifestSelector.of(pointer.graph.root()))) {
                noteThere(pointer.graph); // only this tag is wanting
            }
        }

        private boolean isThere(Pointer pointer, ManifestSelector selector) throws IOException {
            return target.find(selector).equals(Optional.of(pointer.graph.root()));
        }

        /// A registry that has a manifest has the content it references; one that does not reports it when the
        /// tag is put.
        private void noteThere(PushGraph graph) {
            manifests.addAll(graph.manifests().keySet());
            graph.blobs().keySet().forEach(digest -> fates.put(digest, new BlobFate.AlreadyThere()));
        }

        private void sendBlobs(Set<PushGraph> left, Map<Digest, BlobPlan> plans) throws IOException {
            Map<Digest, PushGraph.Blob> wanted = new LinkedHashMap<>();
            left.forEach(graph -> wanted.putAll(graph.blobs()));
            wanted.keySet().removeAll(fates.keySet());
            TaskGroup.forEach(wanted.entrySet(), atOnce, entry -> {
                BlobPlan plan = Objects.requireNonNull(plans.get(entry.getKey()));
                listener.begin(entry.getValue().descriptor());
                settle(entry.getValue(), plan.carryOut(entry.getValue(), target));
            });
        }

        private void settle(PushGraph.Blob blob, BlobFate fate) {
            fates.put(blob.descriptor().digest(), fate);
            listener.done(blob.descriptor(), fate);
        }

        private void sendManifests(Set<PushGraph> left, List<Pointer> open) throws IOException {
            Map<Digest, Manifest> children = new LinkedHashMap<>();
            Map<Digest, PushGraph> owners = new LinkedHashMap<>();
            for (PushGraph graph : left) {
                graph.children().forEach(child -> {
                    children.put(child.getKey(), child.getValue());
                    owners.put(child.getKey(), graph);
                });
            }
            children.keySet().removeAll(manifests);
            for (boolean index : new boolean[] {false, true}) {
                put(children, owners, index);
            }
            TaskGroup.forEach(open, atOnce, pointer -> {
                put(pointer.graph.image().root(), pointer.selector(), pointer.graph);
                manifests.add(pointer.graph.root());
            });
        }

        /// Puts image manifests concurrently, and child indexes one by one, for one may reference another.
        private void put(Map<Digest, Manifest> children, Map<Digest, PushGraph> owners, boolean index)
                throws IOException {
            List<Map.Entry<Digest, Manifest>> some = children.entrySet().stream()
                    .filter(child -> child.getValue() instanceof Manifest.Index == index)
                    .toList();
            TaskGroup.forEach(some, index ? 1 : atOnce, child -> {
                PushGraph owner = owners.get(child.getKey());
                if (owner != null) {
                    put(child.getValue(), ManifestSelector.of(child.getKey()), owner);
                    manifests.add(child.getKey());
                }
            });
        }

        private void put(Manifest manifest, ManifestSelector selector, PushGraph graph) throws IOException {
            try {
                target.put(manifest, selector);
            } catch (RegistryException refused) {
                if (!repair(refused, manifest, graph)) {
                    throw refused;
                }
                target.put(manifest, selector);
            }
        }

        /// Sends the blobs that the registry reports missing.
        ///
        /// @return false when it named none that can be sent
        private boolean repair(RegistryException refused, Manifest manifest, PushGraph graph) throws IOException {
            List<PushGraph.Blob> missing = MissingBlobs.in(refused, manifest).stream()
                    .flatMap(digest -> Optional.ofNullable(graph.blobs().get(digest)).stream())
                    .filter(blob -> blob.content().isPresent())
                    .toList();
            TaskGroup.forEach(missing, atOnce, blob -> {
                listener.begin(blob.descriptor());
                settle(blob, new BlobPlan.Upload().carryOut(blob, target));
            });
            return !missing.isEmpty();
        }

        void remember() {
            Set<Digest> there = new LinkedHashSet<>(fates.keySet());
            there.addAll(manifests);
            if (!there.isEmpty()) {
                provenance.seen(request.host(), request.repository(), there);
            }
        }

        List<PushedBlob> blobReport() {
            List<PushedBlob> report = new ArrayList<>();
            blobs.forEach((digest, blob) -> report.add(new PushedBlob(
                    blob.descriptor(),
                    Optional.ofNullable(fates.get(digest)).orElse(new BlobFate.AlreadyThere()),
                    blob.config())));
            return report;
        }

        List<PushedTag> tagReport() {
            List<PushedTag> report = new ArrayList<>();
            for (Pointer pointer : pointers()) {
                pointer.tag.ifPresent(
                        tag -> report.add(new PushedTag(tag, pointer.graph.root(), !inPlace.contains(pointer))));
            }
            return report;
        }
    }
}
