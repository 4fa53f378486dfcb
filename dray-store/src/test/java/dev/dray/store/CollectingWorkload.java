package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// One client's random work on a store, and what it must find there at every moment: a model of its own repository.
///
/// Blobs come from a pool that all clients share, so that each is uploaded, mounted, referenced and given up by several
/// at once.
final class CollectingWorkload {
    static final int POOL = 24;
    private static final int MOST_MANIFESTS = 6;

    private final Store store;
    private final Random random;
    private final RepositoryName own;
    private final List<RepositoryName> others;
    private final Map<Digest, Set<Digest>> manifests = new HashMap<>();
    private int acknowledged;
    private int refused;

    CollectingWorkload(Store store, long seed, RepositoryName own, List<RepositoryName> others) {
        this.store = store;
        this.random = new Random(seed);
        this.own = own;
        this.others = others;
    }

    /// Manifests that were taken so far.
    int acknowledged() {
        return acknowledged;
    }

    /// Manifests that were refused because a blob had been collected before they came.
    int refused() {
        return refused;
    }

    /// Manifests that must be there now.
    int count() {
        return manifests.size();
    }

    /// Does one thing, and looks whether what was acknowledged is there.
    void step() throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> push();
            case 3 -> mountAndPush();
            case 4, 5 -> delete();
            case 6 -> holdByLease();
            default -> checkOne();
        }
    }

    private byte[] content() {
        return pooled(random.nextInt(POOL));
    }

    /// Every other one is small enough for the database.
    static byte[] pooled(int number) {
        return Samples.bytes(number, number % 2 == 0 ? 200 + number : 17_000 + number);
    }

    private void push() {
        Set<Digest> blobs = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            blobs.add(Samples.publish(store, own, content()));
        }
        put(blobs);
    }

    private void mountAndPush() {
        RepositoryName source = others.get(random.nextInt(others.size()));
        Digest digest = Digest.sha256(content());
        boolean mounted = store.catalog().write(tx -> {
            boolean there = tx.repository(source).links().find(digest).isPresent();
            if (there) {
                tx.repository(own).links().add(digest);
            }
            return there;
        });
        if (mounted) {
            put(Set.of(digest));
        }
    }

    private void put(Set<Digest> blobs) {
        List<Digest> layers = new ArrayList<>(blobs);
        Manifest manifest = Samples.image(layers.getFirst(), layers);
        Digest digest = manifest.raw().sha256();
        boolean taken = store.catalog().write(tx -> putIfComplete(tx, digest, manifest, blobs));
        if (taken) {
            manifests.put(digest, blobs);
            acknowledged++;
        } else {
            refused++;
        }
        if (manifests.size() > MOST_MANIFESTS) {
            delete();
        }
    }

    private boolean putIfComplete(Transaction tx, Digest digest, Manifest manifest, Set<Digest> blobs) {
        Transaction.Repository repository = tx.repository(own);
        boolean complete = repository.links().missing(blobs).isEmpty();
        if (complete) {
            repository.manifests().put(digest, manifest);
        }
        return complete;
    }

    private void delete() {
        List<Digest> all = new ArrayList<>(manifests.keySet());
        if (all.isEmpty()) {
            return;
        }
        Digest digest = all.get(random.nextInt(all.size()));
        manifests.remove(digest);
        store.catalog().change(tx -> tx.repository(own).manifests().delete(digest));
    }

    private void holdByLease() throws IOException {
        byte[] content = content();
        Digest digest = Digest.sha256(content);
        try (Lease lease = store.lease()) {
            lease.cover(List.of(digest));
            try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
                staged.write(ByteBuffer.wrap(content));
                store.blobs().publish(staged.finish(), _ -> true);
            }
            for (int i = 0; i < 4; i++) {
                push();
            }
            require(
                    store.catalog()
                            .<Optional<dev.dray.store.catalog.BlobTable.Row>>read(
                                    tx -> tx.blobs().find(digest))
                            .flatMap(store.blobs()::open),
                    digest,
                    "leased");
        }
    }

    private void checkOne() throws IOException {
        if (!manifests.isEmpty()) {
            check(store, manifests.values().iterator().next());
        }
    }

    /// Looks whether everything that this client may rely on is there.
    void checkAll() throws IOException {
        checkAll(store);
    }

    /// [#checkAll()] in a copy of the store.
    void checkAll(Store copy) throws IOException {
        for (Set<Digest> blobs : manifests.values()) {
            check(copy, blobs);
        }
    }

    private void check(Store copy, Set<Digest> blobs) throws IOException {
        for (Digest digest : blobs) {
            require(copy.blobs().find(own, digest), digest, "referenced");
        }
    }

    private static void require(Optional<Blob> blob, Digest digest, String why) throws IOException {
        if (blob.isEmpty()) {
            throw new AssertionError("lost, though %s: %s".formatted(why, digest));
        }
        if (!Digest.sha256(Samples.read(blob.get())).equals(digest)) {
            throw new AssertionError("wrong bytes: " + digest);
        }
    }

    void deleteAll() {
        while (!manifests.isEmpty()) {
            delete();
        }
    }
}
