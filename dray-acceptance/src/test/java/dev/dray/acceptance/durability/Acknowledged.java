package dev.dray.acceptance.durability;

import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The content for which a registry answered 201: the path below `/v2/`, and the digest of its bytes. Thread safe.
final class Acknowledged {
    private final Map<String, Digest> promises = new ConcurrentHashMap<>();

    void blob(String repository, Digest digest) {
        promises.put(repository + "/blobs/" + digest, digest);
    }

    void manifest(String repository, String tag, Digest digest) {
        promises.put(repository + "/manifests/" + tag, digest);
        promises.put(repository + "/manifests/" + digest, digest);
    }

    int count() {
        return promises.size();
    }

    void addAll(Acknowledged others) {
        promises.putAll(others.promises);
    }

    /// Reads everything back, and returns the paths whose bytes differ from the acknowledged ones.
    List<String> broken(String host) throws IOException, InterruptedException {
        List<String> broken = new ArrayList<>();
        try (PlainClient client = new PlainClient(host)) {
            for (Map.Entry<String, Digest> promise : promises.entrySet()) {
                try {
                    Digest found = Digest.sha256(client.get(promise.getKey()));
                    if (!found.equals(promise.getValue())) {
                        broken.add(promise.getKey() + " has the digest " + found);
                    }
                } catch (AssertionError refused) {
                    broken.add(refused.getMessage());
                }
            }
        }
        return broken;
    }
}
