package dev.dray.client.push;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TaskGroup;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The blobs of one push: each is asked for and sent once, however many manifests name it. Thread safe.
final class PushBlobs {
    private final PushTarget target;
    private final TransferListener listener;
    private final int atOnce;
    private final Map<Digest, PushGraph.Blob> blobs = new LinkedHashMap<>();
    private final Map<Digest, BlobPlan> plans;
    private final Map<Digest, Settled> settled = new ConcurrentHashMap<>();
    private final Map<Digest, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// @param atOnce most blobs under way at the same time
    PushBlobs(
            Collection<PushGraph> graphs,
            Map<Digest, BlobPlan> plans,
            PushTarget target,
            TransferListener listener,
            int atOnce) {
        graphs.forEach(graph -> graph.blobs().forEach(blobs::putIfAbsent));
        this.plans = new ConcurrentHashMap<>(plans);
        this.target = target;
        this.listener = listener;
        this.atOnce = atOnce;
    }

    private record Settled(BlobFate fate, long when) {}

    /// In the order of the manifests.
    Collection<PushGraph.Blob> all() {
        return blobs.values();
    }

    Optional<BlobFate> fate(Digest digest) {
        return Optional.ofNullable(settled.get(digest)).map(Settled::fate);
    }

    /// Those that are in the target now.
    Set<Digest> there() {
        return Set.copyOf(settled.keySet());
    }

    BlobPlan plan(Digest digest) {
        return Objects.requireNonNull(plans.get(digest));
    }

    /// Does what is planned before the manifests are put.
    ///
    /// @param asked those of `digests` that the registry is to be asked for by HEAD, where that is planned
    void sendFirst(Collection<Digest> digests, Set<Digest> asked) throws IOException {
        List<Digest> work = open(digests).stream()
                .filter(digest -> plan(digest).isSentFirst() || asked.contains(digest))
                .toList();
        TaskGroup.forEach(work, atOnce, digest -> {
            PushGraph.Blob blob = blob(digest);
            listener.begin(blob.descriptor());
            boolean there = !plan(digest).isSentFirst() && target.has(blob.descriptor());
            settle(
                    blob,
                    there
                            ? new BlobFate.AlreadyThere()
                            : send(blob, plan(digest).source()));
        });
    }

    /// Asks for every blob of which nothing certain is known, whatever was planned, and sends what is missing.
    ///
    /// @return whether something was missing
    boolean askAndSend(Collection<Digest> digests) throws IOException {
        Set<Digest> missing = ConcurrentHashMap.newKeySet();
        TaskGroup.forEach(open(digests), atOnce, digest -> {
            PushGraph.Blob blob = blob(digest);
            listener.begin(blob.descriptor());
            boolean there = !(plan(digest) instanceof BlobPlan.Upload) && target.has(blob.descriptor());
            if (!there) {
                missing.add(digest);
            }
            settle(
                    blob,
                    there
                            ? new BlobFate.AlreadyThere()
                            : send(blob, plan(digest).source()));
        });
        return !missing.isEmpty();
    }

    /// Sends what the registry has said it lacks.
    ///
    /// @param asOf when it was asked, by [System#nanoTime]: what was sent since need not be sent again
    void sendMissing(Collection<Digest> digests, long asOf) throws IOException {
        TaskGroup.forEach(digests, atOnce, digest -> {
            ReentrantLock lock = locks.computeIfAbsent(digest, _ -> new ReentrantLock());
            lock.lock();
            try {
                Settled before = settled.get(digest);
                if (before == null || before.when - asOf < 0) {
                    PushGraph.Blob blob = blob(digest);
                    listener.begin(blob.descriptor());
                    boolean tried = before != null || plan(digest) instanceof BlobPlan.LinkByManifest;
                    settle(
                            blob,
                            send(blob, tried ? Optional.empty() : plan(digest).source()));
                }
            } finally {
                lock.unlock();
            }
        });
    }

    /// Notes what the registry has said it lacks before anything was sent: it is sent first then.
    void planMissing(Collection<Digest> digests) {
        for (Digest digest : digests) {
            plans.computeIfPresent(digest, (_, plan) -> switch (plan) {
                case BlobPlan.Ask(Optional<RepositoryName> from) ->
                    from.<BlobPlan>map(BlobPlan.Link::new).orElseGet(BlobPlan.Upload::new);
                case BlobPlan.Link _, BlobPlan.LinkByManifest _, BlobPlan.Upload _ -> plan;
            });
        }
    }

    /// Notes those of an image that was found in place; nobody is told of each.
    void noteFound(Collection<Digest> digests) {
        open(digests)
                .forEach(digest -> settled.put(digest, new Settled(new BlobFate.AlreadyThere(), System.nanoTime())));
    }

    /// Notes that the registry has stored a manifest which names them, after all that it lacked was sent.
    void noteAccepted(Collection<Digest> digests) {
        for (Digest digest : open(digests)) {
            PushGraph.Blob blob = blob(digest);
            listener.begin(blob.descriptor());
            settle(
                    blob,
                    plan(digest) instanceof BlobPlan.LinkByManifest(RepositoryName from)
                            ? new BlobFate.Linked(from)
                            : new BlobFate.AlreadyThere());
        }
    }

    private List<Digest> open(Collection<Digest> digests) {
        return digests.stream()
                .distinct()
                .filter(digest -> blobs.containsKey(digest) && !settled.containsKey(digest))
                .toList();
    }

    private PushGraph.Blob blob(Digest digest) {
        return Objects.requireNonNull(blobs.get(digest));
    }

    private BlobFate send(PushGraph.Blob blob, Optional<RepositoryName> from) {
        Content content = blob.content().orElseThrow(() -> notHere(blob));
        return target.send(blob.descriptor(), content, from);
    }

    private void settle(PushGraph.Blob blob, BlobFate fate) {
        settled.put(blob.descriptor().digest(), new Settled(fate, System.nanoTime()));
        listener.done(blob.descriptor(), fate);
    }

    private static DrayException notHere(PushGraph.Blob blob) {
        return new DrayException(
                        DrayException.Kind.NOT_FOUND,
                        "blob %s is neither here nor in the target"
                                .formatted(blob.descriptor().digest()))
                .advising("pull the image again");
    }
}
