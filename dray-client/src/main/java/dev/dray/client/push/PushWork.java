package dev.dray.client.push;

import dev.dray.client.memory.Strictness;
import dev.dray.client.push.PushPlan.ManifestPlan;
import dev.dray.client.push.PushPlan.Pointer;
import dev.dray.client.push.PushReport.PushedBlob;
import dev.dray.client.push.PushReport.PushedTag;
import dev.dray.client.push.PushTarget.Put;
import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TaskGroup;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.RegistryException;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Carries out a [PushPlan], and adapts to what the registry answers.
///
/// 1. Tags that are worth a look are asked for; where the digest is right that tag is done.
/// 2. On a registry that has not proven itself, each manifest is put by its digest: the answer proves it, or its blobs
///    are asked for one by one.
/// 3. Blobs that are certain to be missing are sent, several at a time; a lax registry is asked for the others.
/// 4. Manifests follow, children before indexes, the tags last. What a refusal lists is sent and the manifest put
/// again,
///    at most twice; a registry that names something new the second time did not list everything, and is asked.
final class PushWork {
    private static final int MOST_TAGS_AT_ONCE = 50;
    private static final int MOST_REPAIRS = 2;

    private final PushRequest request;
    private final PushPlan plan;
    private final PushTarget target;
    private final PushTarget.Knowledge known;
    private final Provenance provenance;
    private final int atOnce;
    private final Map<Digest, PushGraph> graphs = new LinkedHashMap<>();
    private final PushBlobs blobs;
    private final Set<Digest> complete = ConcurrentHashMap.newKeySet();
    private final Set<Pointer> inPlace = ConcurrentHashMap.newKeySet();

    /// @param atOnce most blobs, and most manifests, under way at the same time
    PushWork(
            PushRequest request,
            List<PushGraph> graphs,
            PushPlan plan,
            PushTarget target,
            Provenance provenance,
            TransferListener listener,
            int atOnce) {
        this.request = request;
        this.plan = plan;
        this.target = target;
        this.known = target.knowledge();
        this.provenance = provenance;
        this.atOnce = atOnce;
        this.blobs = new PushBlobs(graphs, plan.blobs(), target, listener, atOnce);
        graphs.forEach(graph -> this.graphs.putIfAbsent(graph.root(), graph));
    }

    void run() throws IOException {
        TaskGroup.forEach(plan.pointers().stream().filter(Pointer::look).toList(), atOnce, this::look);
        List<Pointer> open = new ArrayList<>(plan.pointers());
        open.removeAll(inPlace);
        Set<PushGraph> left = new LinkedHashSet<>();
        open.stream()
                .filter(pointer -> !complete.contains(pointer.root()))
                .forEach(pointer -> left.add(graph(pointer.root())));
        for (PushGraph graph : left) {
            prove(graph);
        }
        sendBlobs(left);
        putChildren(left);
        putRoots(open);
    }

    private PushGraph graph(Digest root) {
        return Objects.requireNonNull(graphs.get(root));
    }

    private void look(Pointer pointer) throws IOException {
        PushGraph graph = graph(pointer.root());
        if (isThere(graph, selector(pointer))) {
            inPlace.add(pointer);
            pointer.tag().ifPresent(tag -> known.noteTag(tag, graph.root()));
            noteFound(graph);
        } else if (pointer.tag().isPresent()
                && !isStrict(graph)
                && provenance.isSeen(request.host(), request.repository(), graph.root())
                && isThere(graph, ManifestSelector.of(graph.root()))) {
            noteFound(graph); // only this tag is missing
        }
    }

    private boolean isThere(PushGraph graph, ManifestSelector selector) throws IOException {
        return target.find(selector).equals(Optional.of(graph.root()));
    }

    private static ManifestSelector selector(Pointer pointer) {
        return pointer.tag().map(ManifestSelector::of).orElse(ManifestSelector.of(pointer.root()));
    }

    /// A registry that has a manifest which was once complete has what it names; one that does not says so when the tag
    /// is put.
    private void noteFound(PushGraph graph) {
        complete.addAll(graph.manifests().keySet());
        blobs.noteFound(graph.blobs().keySet());
    }

    private boolean isStrict(PushGraph graph) {
        return graph.manifests().values().stream().allMatch(this::isStrict);
    }

    private boolean isStrict(Manifest manifest) {
        return known.strictness(manifest.mediaType()) == Strictness.STRICT;
    }

    /// Puts manifests by digest as long as the registry has not shown how far it can be relied on.
    private void prove(PushGraph graph) throws IOException {
        for (Map.Entry<Digest, Manifest> node : graph.manifests().entrySet()) {
            boolean unproven = known.strictness(node.getValue().mediaType()) == Strictness.UNPROVEN;
            if (unproven && !complete.contains(node.getKey())) {
                prove(node.getKey(), node.getValue());
            }
        }
    }

    private void prove(Digest digest, Manifest manifest) throws IOException {
        try {
            var _ = target.put(Put.of(manifest, ManifestSelector.of(digest)));
        } catch (RegistryException refused) {
            if (!isAboutTheManifest(refused)) {
                throw refused;
            }
            Set<Digest> missing = MissingBlobs.in(refused, manifest);
            blobs.planMissing(missing);
            boolean listsAll = !missing.isEmpty() && missing.containsAll(certainlyMissing(manifest));
            boolean proven = listsAll && !blobs.askAndSend(without(blobsOf(manifest), missing));
            known.learn(manifest.mediaType(), proven ? Strictness.STRICT : Strictness.LAX);
            return;
        }
        if (blobs.askAndSend(blobsOf(manifest))) {
            known.learn(manifest.mediaType(), Strictness.LAX);
        }
        if (childrenOf(manifest).stream().allMatch(complete::contains)) {
            complete.add(digest);
        }
    }

    private static List<Digest> without(List<Digest> digests, Set<Digest> others) {
        return digests.stream().filter(digest -> !others.contains(digest)).toList();
    }

    /// What a registry that lists everything must list: blobs that were never sent anywhere.
    private Set<Digest> certainlyMissing(Manifest manifest) {
        Set<Digest> missing = new LinkedHashSet<>();
        for (Digest digest : blobsOf(manifest)) {
            if (blobs.plan(digest) instanceof BlobPlan.Upload
                    && blobs.fate(digest).isEmpty()) {
                missing.add(digest);
            }
        }
        return missing;
    }

    private static boolean isAboutTheManifest(RegistryException refused) {
        return switch (refused.kind()) {
            case INVALID, NOT_FOUND, UNSUPPORTED, CONFLICT -> true;
            case UNAUTHENTICATED, DENIED, TOO_LARGE, OUT_OF_SPACE, CORRUPT, UNAVAILABLE, CANCELLED -> false;
        };
    }

    private List<Digest> blobsOf(Manifest manifest) {
        return manifest instanceof Manifest.Image image
                ? image.blobs().stream()
                        .map(Descriptor::digest)
                        .filter(plan.blobs()::containsKey)
                        .toList()
                : List.of();
    }

    private List<Digest> childrenOf(Manifest manifest) {
        return manifest instanceof Manifest.Index index
                ? index.manifests().stream()
                        .map(Descriptor::digest)
                        .filter(plan.manifests()::containsKey)
                        .toList()
                : List.of();
    }

    private void sendBlobs(Set<PushGraph> left) throws IOException {
        Set<Digest> wanted = new LinkedHashSet<>();
        Set<Digest> asked = new LinkedHashSet<>();
        for (PushGraph graph : left) {
            wanted.addAll(graph.blobs().keySet());
            if (!isStrict(graph)) {
                asked.addAll(graph.blobs().keySet());
            }
        }
        blobs.sendFirst(wanted, asked);
    }

    /// Image manifests all at once; indexes among the children one by one, for one may name another.
    private void putChildren(Set<PushGraph> left) throws IOException {
        Map<Digest, Manifest> children = new LinkedHashMap<>();
        for (PushGraph graph : left) {
            graph.manifests().forEach((digest, manifest) -> {
                boolean trusted = manifestPlan(digest).expected() && isStrict(graph);
                if (!digest.equals(graph.root()) && !trusted && !complete.contains(digest)) {
                    children.put(digest, manifest);
                }
            });
        }
        List<Digest> images = children.keySet().stream()
                .filter(digest -> children.get(digest) instanceof Manifest.Image)
                .toList();
        TaskGroup.forEach(images, atOnce, this::putChild);
        for (Digest child : children.keySet()) {
            if (!complete.contains(child)) {
                putChild(child);
            }
        }
    }

    private ManifestPlan manifestPlan(Digest digest) {
        return Objects.requireNonNull(plan.manifests().get(digest));
    }

    private void putChild(Digest digest) throws IOException {
        ManifestPlan child = manifestPlan(digest);
        var _ = put(new Put(child.manifest(), ManifestSelector.of(digest), List.of(), linkFrom(child)));
        complete.add(digest);
    }

    private List<RepositoryName> linkFrom(ManifestPlan manifest) {
        return known.isDray() ? manifest.linkFrom() : List.of();
    }

    /// A Dray registry gets all tags of a root in one request.
    private void putRoots(List<Pointer> open) throws IOException {
        Map<Digest, List<Pointer>> byRoot = new LinkedHashMap<>();
        open.forEach(pointer ->
                byRoot.computeIfAbsent(pointer.root(), _ -> new ArrayList<>()).add(pointer));
        List<List<Pointer>> puts = new ArrayList<>();
        for (List<Pointer> pointers : byRoot.values()) {
            int together = known.isDray() ? MOST_TAGS_AT_ONCE : 1;
            for (int from = 0; from < pointers.size(); from += together) {
                puts.add(pointers.subList(from, Math.min(pointers.size(), from + together)));
            }
        }
        TaskGroup.forEach(puts, atOnce, this::putRoot);
    }

    private void putRoot(List<Pointer> pointers) throws IOException {
        Pointer first = pointers.getFirst();
        ManifestPlan root = manifestPlan(first.root());
        List<Tag> further = pointers.stream()
                .skip(1)
                .flatMap(pointer -> pointer.tag().stream())
                .toList();
        if (!put(new Put(root.manifest(), selector(first), further, linkFrom(root)))) {
            for (Tag tag : further) {
                var _ = put(Put.of(root.manifest(), ManifestSelector.of(tag)));
            }
        }
        complete.addAll(graph(first.root()).manifests().keySet());
        blobs.noteAccepted(graph(first.root()).blobs().keySet());
        pointers.forEach(pointer -> pointer.tag().ifPresent(tag -> known.noteTag(tag, pointer.root())));
    }

    /// @return as [PushTarget#put]
    private boolean put(Put put) throws IOException {
        for (int repairs = 0; ; repairs++) {
            long asOf = System.nanoTime();
            boolean relied = isStrict(put.manifest());
            try {
                boolean tagged = target.put(put);
                if (relied && !isStrict(put.manifest())) {
                    var _ = askForAll(put.manifest()); // it is no longer the registry that it was
                }
                blobs.noteAccepted(blobsOf(put.manifest()));
                return tagged;
            } catch (RegistryException refused) {
                if (repairs >= MOST_REPAIRS || !isAboutTheManifest(refused) || !repair(refused, put, asOf, repairs)) {
                    throw refused;
                }
            }
        }
    }

    /// Sends what the registry says it lacks; when it names nothing, or something new, asks for everything.
    ///
    /// @return false when nothing could be done
    private boolean repair(RegistryException refused, Put put, long asOf, int repairs) throws IOException {
        Set<Digest> missing = MissingBlobs.in(refused, put.manifest());
        List<Digest> lacking = blobsOf(put.manifest()).stream()
                .distinct()
                .filter(missing::contains)
                .toList();
        List<Digest> children = childrenOf(put.manifest()).stream()
                .distinct()
                .filter(missing::contains)
                .toList();
        blobs.sendMissing(lacking, asOf);
        for (Digest child : children) {
            putChild(child);
        }
        boolean sent = !lacking.isEmpty() || !children.isEmpty();
        if (!sent || repairs > 0) {
            boolean more = askForAll(put.manifest()) || sent;
            if (more) {
                known.learn(put.manifest().mediaType(), Strictness.LAX);
            }
            return more;
        }
        return true;
    }

    /// @return whether something was missing
    private boolean askForAll(Manifest manifest) throws IOException {
        boolean missing = blobs.askAndSend(blobsOf(manifest));
        for (Digest child : childrenOf(manifest)) {
            if (!complete.contains(child)) {
                missing |= askForAll(manifestPlan(child).manifest());
                putChild(child);
                missing = true;
            }
        }
        return missing;
    }

    void remember() {
        Set<Digest> there = new LinkedHashSet<>(blobs.there());
        there.addAll(complete);
        if (!there.isEmpty()) {
            provenance.seen(request.host(), request.repository(), there);
        }
    }

    List<PushedBlob> blobReport() {
        Collection<PushGraph.Blob> all = blobs.all();
        return all.stream()
                .map(blob -> new PushedBlob(
                        blob.descriptor(),
                        blobs.fate(blob.descriptor().digest()).orElse(new BlobFate.AlreadyThere()),
                        blob.config()))
                .toList();
    }

    List<PushedTag> tagReport() {
        List<PushedTag> report = new ArrayList<>();
        for (Pointer pointer : plan.pointers()) {
            pointer.tag().ifPresent(tag -> report.add(new PushedTag(tag, pointer.root(), !inPlace.contains(pointer))));
        }
        return report;
    }
}
