package dev.dray.client;

import dev.dray.client.auth.Scope;
import dev.dray.client.transfer.TaskGroup;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSink;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.ReferrerSource;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One repository of one registry, as a source and sink of images.
///
/// Manifests and blobs come from the mirrors in the options when those have them; all other requests go to the registry
/// itself. Thread safe; usable as long as its [RegistryClient]. To push whole images use [RegistryClient#push], which
/// needs fewer requests.
public final class RemoteRepository implements ImageSource, ImageSink, ReferrerSource {
    private final Mirrors mirrors;
    private final RegistryHost host;
    private final RepositoryName name;
    private final ClientOptions options;
    private final TrafficMeter meter;

    RemoteRepository(Mirrors mirrors, RepositoryName name, ClientOptions options, TrafficMeter meter) {
        this.mirrors = mirrors;
        this.host = mirrors.registry();
        this.name = name;
        this.options = options;
        this.meter = meter;
    }

    /// As references write it: `docker.io`.
    public String host() {
        return host.name();
    }

    public RepositoryName name() {
        return name;
    }

    /// The manifest; its bytes match the requested digest, or the one that the registry named.
    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        RegistryHost.Call call = pulling("get manifest %s of %s".formatted(selector, name));
        return mirrors.ask(host -> new ManifestRequests(host, call, name).get(selector));
    }

    /// The descriptor of a manifest, by HEAD; empty when it is absent.
    public Optional<Descriptor> head(ManifestSelector selector) throws IOException {
        return manifests(pulling("look for manifest %s of %s".formatted(selector, name)))
                .head(selector);
    }

    /// The content of a blob; the download starts when it is opened. A broken download resumes at its position.
    ///
    /// A stream opened at 0 verifies size and digest: on a mismatch it fails with a DrayException of kind CORRUPT
    /// before it returns the last bytes.
    @Override
    public Content blob(Descriptor descriptor) {
        return new RemoteContent(
                mirrors,
                pulling("get blob %s of %s".formatted(descriptor.digest(), name)),
                name + "/blobs/" + descriptor.digest(),
                descriptor);
    }

    /// The first `length` bytes of a blob, or all of it, by one range request. Verifies nothing.
    public RawBytes beginning(Digest blob, int length) throws IOException {
        RegistryHost.Call call = pulling("get the beginning of blob %s of %s".formatted(blob, name));
        HttpRequest request = HttpRequest.of("GET", host.address(name + "/blobs/" + blob), meter)
                .with("Range", "bytes=0-" + (length - 1));
        try (HttpReply reply = RegistryHost.expect(host.send(request, call), call, 200, 206)) {
            return RawBytes.copyOf(reply.body().readNBytes(length));
        }
    }

    @Override
    public Set<Digest> missing(Collection<Descriptor> blobs) throws IOException {
        RegistryHost.Call call = pulling("look for blobs of " + name);
        Set<Digest> missing = ConcurrentHashMap.newKeySet();
        TaskGroup.forEach(Set.copyOf(blobs), options.parallelTransfers(), blob -> {
            if (!host.has(name, blob.digest(), call)) {
                missing.add(blob.digest());
            }
        });
        return missing;
    }

    /// Those of `blobs` that neither the registry nor a mirror says it has here, asked by one HEAD each.
    public Set<Digest> absent(Collection<Descriptor> blobs) throws IOException {
        RegistryHost.Call call = pulling("look for blobs of " + name);
        Set<Digest> absent = ConcurrentHashMap.newKeySet();
        TaskGroup.forEach(Set.copyOf(blobs), options.parallelTransfers(), blob -> {
            try {
                var _ = mirrors.ask(place -> requireThere(place, blob, call));
            } catch (DrayException e) {
                if (e.kind() != DrayException.Kind.NOT_FOUND) {
                    throw e;
                }
                absent.add(blob.digest());
            }
        });
        return absent;
    }

    private Descriptor requireThere(RegistryHost place, Descriptor blob, RegistryHost.Call call) throws IOException {
        if (!place.has(name, blob.digest(), call)) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND, "%s has no blob %s".formatted(place.name(), blob.digest()));
        }
        return blob;
    }

    @Override
    public void putBlob(Descriptor descriptor, Content content) throws IOException {
        RegistryHost.Call call = pushing("put blob %s into %s".formatted(descriptor.digest(), name));
        host.ask(meter);
        new BlobUpload(host, call, name, retry(options), TransferListener.silent())
                .send(descriptor, content, Optional.empty());
    }

    @Override
    public void putManifest(Manifest manifest, Optional<Tag> tag) throws IOException {
        ManifestSelector selector = tag.map(ManifestSelector::of)
                .orElse(ManifestSelector.of(manifest.raw().sha256()));
        host.ask(meter);
        manifests(pushing("put manifest %s into %s".formatted(selector, name))).put(manifest, selector);
    }

    /// Uses the referrers API, or on a registry without it the subject's fallback tag.
    @Override
    public List<Descriptor> referrers(Digest subject) {
        ReferrerRequests requests =
                new ReferrerRequests(host, pulling("list referrers of %s of %s".formatted(subject, name)), name);
        return requests.byApi(subject).orElseGet(() -> requests.byTag(subject));
    }

    /// Lists referrers that were put here in the subject's fallback tag, on a registry without the referrers API;
    /// does nothing on one with it.
    ///
    /// Two clients that do so for one subject at once can overwrite each other's entries: the protocol offers no
    /// way to prevent that.
    public void listReferrers(Digest subject, List<Descriptor> referrers) {
        RegistryHost.Call call = pushing("list referrers of %s of %s".formatted(subject, name));
        ReferrerRequests requests = new ReferrerRequests(host, call, name);
        if (!referrers.isEmpty() && requests.byApi(subject).isEmpty()) {
            requests.addToTag(subject, referrers);
        }
    }

    /// All tags, in the registry's order.
    public List<Tag> tags() throws IOException {
        return new TagList(host, pulling("list the tags of " + name)).read(name);
    }

    /// Deletes a tag, or a manifest with all its tags.
    public void delete(ManifestSelector selector) throws IOException {
        RegistryHost.Call call =
                new RegistryHost.Call(Set.of(Scope.delete(name)), meter, "delete %s of %s".formatted(selector, name));
        try (HttpReply reply = host.send("DELETE", name + "/manifests/" + selector, call)) {
            var _ = RegistryHost.expect(reply, call, 200, 202, 204);
        }
    }

    private ManifestRequests manifests(RegistryHost.Call call) {
        return new ManifestRequests(host, call, name);
    }

    private RegistryHost.Call pulling(String attempted) {
        return new RegistryHost.Call(Set.of(Scope.pull(name)), meter, attempted);
    }

    private RegistryHost.Call pushing(String attempted) {
        return new RegistryHost.Call(Set.of(Scope.push(name)), meter, attempted);
    }

    static BlobUpload.Retry retry(ClientOptions options) {
        return new BlobUpload.Retry(options.retries(), options.backoff());
    }
}
