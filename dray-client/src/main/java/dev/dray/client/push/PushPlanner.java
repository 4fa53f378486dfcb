package dev.dray.client.push;

import dev.dray.client.memory.Strictness;
import dev.dray.client.push.PushPlan.ManifestPlan;
import dev.dray.client.push.PushPlan.Pointer;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides how a push asks least: a pure function of the images, of what is known of the registry, and of where their
/// blobs were seen.
///
/// ## The idea
///
/// Clients ask for each blob, by HEAD, before they send anything, so an image of N layers costs N requests even when
/// nothing is new. But the protocol has a request that asks for all of them at once: the PUT of the manifest. A
/// registry
/// that checks what a manifest names refuses it with a list of everything missing (OCI distribution-spec,
/// MANIFEST_BLOB_UNKNOWN), and when nothing is missing the answer is the end of the push. So on a registry that is
/// known
/// to check, a *strict* one:
///
/// 1. What is certain to be missing is sent first: blobs made here and never sent anywhere are uploaded, blobs seen in
///    another repository of the host are mounted.
/// 2. The manifest is put. Whatever else it names, seen in the target or not known at all, costs nothing to ask.
/// 3. What the refusal lists is sent, and the manifest is put once more.
///
/// An image that is there under another tag is one request, a layer on a known base five (two uploads of two requests
/// and the manifest), and a retag to another repository one mount for each blob and the manifest.
///
/// ## Not every registry checks
///
/// Some take any manifest, some name only the first thing they miss. A tag must never point to an image that cannot be
/// pulled, so a registry is believed only once it has proven itself: it has refused a manifest of ours and listed every
/// blob that we know is missing, and every other one was there when it was asked for. No junk is sent to find out.
/// Until then the tag is asked for first, the manifest is
/// put
/// by its *digest*, where an incomplete one hurts nobody, before any upload, and a 201 to that is believed only after
/// one HEAD for each blob. What was learnt is kept for the host and the type of manifest, with an expiry, and dropped
/// when an answer contradicts it. A registry known to be *lax* is asked blob by blob, as others do.
///
/// ## A Dray registry
///
/// links in the manifest PUT itself what the PUT names sources for (docs/extensions/link-from.md), children of an index
/// included: a retag is one request. The sources of a PUT are the few repositories, at most eight, that cover most of
/// what it needs; what none of them has is mounted one by one. Sources are named only for an image of which every blob
/// is held here. Else a manifest that a stranger wrote could make a client with more rights than the stranger publish a
/// blob that it never had.
///
/// What is remembered may have become false. Then the registry's refusal says so, the push costs a request or two more,
/// and ends the same: [Pusher] adapts.
public final class PushPlanner {
    private static final int MOST_LINK_SOURCES = 8;
    private static final int MOST_TOKEN_SOURCES = 32;

    private final PushTarget.Knowledge known;
    private final String host;
    private final RepositoryName target;
    private final Provenance provenance;
    private final Map<Digest, List<RepositoryName>> sources = new HashMap<>();

    private PushPlanner(PushTarget.Knowledge known, String host, RepositoryName target, Provenance provenance) {
        this.known = known;
        this.host = host;
        this.target = target;
        this.provenance = provenance;
    }

    /// Nothing is sent.
    static PushPlan plan(
            Collection<PushGraph> graphs,
            PushTarget.Knowledge known,
            String host,
            RepositoryName target,
            Provenance provenance) {
        return new PushPlanner(known, host, target, provenance).plan(graphs);
    }

    private PushPlan plan(Collection<PushGraph> graphs) {
        Map<Digest, BlobPlan> blobs = new LinkedHashMap<>();
        Map<Digest, ManifestPlan> manifests = new LinkedHashMap<>();
        Set<Pointer> pointers = new LinkedHashSet<>();
        for (PushGraph graph : graphs) {
            List<RepositoryName> linkFrom = linkSources(graph);
            graph.blobs().forEach((digest, blob) -> blobs.putIfAbsent(digest, blob(blob, linkFrom)));
            graph.manifests().forEach((digest, manifest) -> {
                boolean expected = !digest.equals(graph.root()) && isExpected(graph, digest, manifest, blobs, linkFrom);
                manifests.merge(
                        digest,
                        new ManifestPlan(manifest, expected, linkFrom),
                        (one, other) -> one.expected() ? other : one);
            });
            pointers.addAll(pointers(graph, blobs));
        }
        return new PushPlan(blobs, manifests, List.copyOf(pointers), tokenSources(blobs.values()));
    }

    /// Seen in the target: asked. Seen elsewhere on the host: linked. Never sent anywhere: uploaded. Else asked.
    /// Without
    /// its content a blob can only be asked for, and no source is named for it.
    private BlobPlan blob(PushGraph.Blob blob, List<RepositoryName> linkFrom) {
        Digest digest = blob.descriptor().digest();
        if (blob.content().isEmpty()) {
            return new BlobPlan.Ask(Optional.empty());
        }
        List<RepositoryName> sources = sources(digest);
        Optional<RepositoryName> source = best(sources);
        if (provenance.isSeen(host, target, digest)) {
            return new BlobPlan.Ask(source);
        }
        Optional<RepositoryName> named =
                sources.stream().filter(linkFrom::contains).findFirst();
        if (named.isPresent()) {
            return new BlobPlan.LinkByManifest(named.get());
        }
        return source.<BlobPlan>map(BlobPlan.Link::new)
                .orElseGet(
                        () -> provenance.isUnsent(digest) ? new BlobPlan.Upload() : new BlobPlan.Ask(Optional.empty()));
    }

    private List<RepositoryName> sources(Digest digest) {
        return sources.computeIfAbsent(
                digest,
                _ -> provenance.sources(host, digest).stream()
                        .filter(source -> !source.equals(target))
                        .toList());
    }

    /// The source that most leading path components join to the target, of such the one seen last.
    private Optional<RepositoryName> best(List<RepositoryName> latestFirst) {
        return latestFirst.stream().min(Comparator.comparingInt(source -> -shared(source, target)));
    }

    private static int shared(RepositoryName one, RepositoryName other) {
        String[] left = one.value().split("/", -1);
        String[] right = other.value().split("/", -1);
        int count = 0;
        while (count < left.length && count < right.length && left[count].equals(right[count])) {
            count++;
        }
        return count;
    }

    /// The repositories that together have most of what the target may lack: always the one next that has most of what
    /// is
    /// left.
    private List<RepositoryName> linkSources(PushGraph graph) {
        if (!known.isDray() || !graph.isHeld()) {
            return List.of();
        }
        Map<Digest, List<RepositoryName>> left = new LinkedHashMap<>();
        for (Digest digest : graph.blobs().keySet()) {
            if (!provenance.isSeen(host, target, digest)) {
                left.put(digest, sources(digest));
            }
        }
        List<RepositoryName> chosen = new ArrayList<>();
        while (chosen.size() < MOST_LINK_SOURCES) {
            Optional<RepositoryName> next = most(left.values());
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
            left.values().removeIf(sources -> sources.contains(next.get()));
        }
        return List.copyOf(chosen);
    }

    private Optional<RepositoryName> most(Collection<List<RepositoryName>> sources) {
        Map<RepositoryName, Integer> uses = new LinkedHashMap<>();
        sources.forEach(some -> some.forEach(source -> uses.merge(source, 1, Integer::sum)));
        return uses.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<RepositoryName, Integer> use) -> use.getValue())
                        .thenComparingInt(use -> shared(use.getKey(), target)))
                .map(Map.Entry::getKey);
    }

    /// A child that is not put unless the registry asks for it: it was seen in the target, or in a source whose content
    /// the registry links, and nothing of it is sent before.
    private boolean isExpected(
            PushGraph graph,
            Digest digest,
            Manifest manifest,
            Map<Digest, BlobPlan> blobs,
            List<RepositoryName> linkFrom) {
        if (known.strictness(manifest.mediaType()) != Strictness.STRICT
                || known.strictness(graph.image().root().mediaType()) != Strictness.STRICT) {
            return false;
        }
        boolean there = provenance.isSeen(host, target, digest)
                || sources(digest).stream().anyMatch(linkFrom::contains);
        return there
                && PushGraph.named(manifest).stream()
                        .map(descriptor -> blobs.get(descriptor.digest()))
                        .noneMatch(plan -> plan != null && plan.isSentFirst());
    }

    private List<Pointer> pointers(PushGraph graph, Map<Digest, BlobPlan> blobs) {
        List<Pointer> pointers = new ArrayList<>();
        for (Tag tag : graph.image().tags()) {
            pointers.add(new Pointer(graph.root(), Optional.of(tag), isWorthALook(graph, Optional.of(tag), blobs)));
        }
        if (pointers.isEmpty()) {
            pointers.add(new Pointer(graph.root(), Optional.empty(), isWorthALook(graph, Optional.empty(), blobs)));
        }
        return pointers;
    }

    /// On a strict registry the PUT itself is the question, and looking only shows that nothing changed: it is done
    /// where
    /// the tag was last seen at this image. Elsewhere an image that was never sent in full is not looked for.
    private boolean isWorthALook(PushGraph graph, Optional<Tag> tag, Map<Digest, BlobPlan> blobs) {
        if (known.strictness(graph.image().root().mediaType()) == Strictness.STRICT) {
            return tag.isEmpty()
                    ? provenance.isSeen(host, target, graph.root())
                    : known.tag(tag.get()).equals(Optional.of(graph.root()));
        }
        return graph.blobs().keySet().stream().noneMatch(digest -> blobs.get(digest) instanceof BlobPlan.Upload);
    }

    /// Those that most blobs are linked from, as many as fit into the address of a token request.
    private static List<RepositoryName> tokenSources(Collection<BlobPlan> plans) {
        Map<RepositoryName, Integer> uses = new LinkedHashMap<>();
        plans.forEach(plan -> plan.source().ifPresent(source -> uses.merge(source, 1, Integer::sum)));
        return uses.entrySet().stream()
                .sorted(Comparator.comparingInt(use -> -use.getValue()))
                .limit(MOST_TOKEN_SOURCES)
                .map(Map.Entry::getKey)
                .toList();
    }
}
