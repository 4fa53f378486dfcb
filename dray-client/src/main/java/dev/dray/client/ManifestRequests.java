package dev.dray.client;

import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.RequestBody;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.util.Optional;

/// Manifest requests to one repository.
record ManifestRequests(RegistryHost host, RegistryHost.Call call, RepositoryName repository) {
    private static final String ACCEPT = String.join(
            ", ",
            MediaType.OCI_INDEX.value(),
            MediaType.OCI_MANIFEST.value(),
            MediaType.DOCKER_MANIFEST_LIST.value(),
            MediaType.DOCKER_MANIFEST.value());

    Manifest get(ManifestSelector selector) {
        try (HttpReply reply = RegistryHost.expect(ask("GET", selector), call, 200)) {
            byte[] bytes = reply.read(Manifest.LARGEST);
            if (bytes.length > Manifest.LARGEST) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "manifest %s of %s is larger than %d bytes".formatted(selector, place(), Manifest.LARGEST));
            }
            RawBytes raw = RawBytes.copyOf(bytes);
            verify(selector, raw, reply.header("Docker-Content-Digest"));
            return Manifest.parse(type(reply, raw), raw);
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
    }

    Optional<Descriptor> head(ManifestSelector selector) throws IOException {
        try (HttpReply reply = ask("HEAD", selector)) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            HttpReply found = RegistryHost.expect(reply, call, 200);
            Optional<String> digest = found.header("Docker-Content-Digest");
            Optional<Long> length = found.length();
            Optional<String> type = found.header("Content-Type");
            if (digest.isPresent() && length.isPresent() && type.isPresent()) {
                return Optional.of(
                        Descriptor.of(MediaType.parse(type.get()), Digest.parse(digest.get()), length.get()));
            }
        }
        return Optional.of(get(selector).descriptor());
    }

    void put(Manifest manifest, ManifestSelector selector) {
        try {
            HttpRequest request = HttpRequest.of("PUT", address(selector), call.meter())
                    .with("Content-Type", manifest.mediaType().value())
                    .sending(RequestBody.of(manifest.raw()));
            try (HttpReply reply = RegistryHost.expect(host.send(request, call), call, 200, 201, 202)) {
                verify(selector, manifest.raw(), reply.header("Docker-Content-Digest"));
            }
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
    }

    private HttpReply ask(String method, ManifestSelector selector) {
        try {
            return host.send(
                    HttpRequest.of(method, address(selector), call.meter()).with("Accept", ACCEPT), call);
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
    }

    private java.net.URI address(ManifestSelector selector) throws IOException {
        return host.address(repository + "/manifests/" + selector);
    }

    private String place() {
        return host.name() + "/" + repository;
    }

    /// Checks the bytes against the requested digest, and against the one that the registry names.
    private void verify(ManifestSelector selector, RawBytes raw, Optional<String> named) {
        if (selector instanceof ManifestSelector.ByDigest(Digest digest)) {
            require(digest, raw, selector);
        }
        named.ifPresent(text -> require(Digest.parse(text), raw, selector));
    }

    private void require(Digest expected, RawBytes raw, ManifestSelector selector) {
        Digest actual = raw.digest(expected.algorithm());
        if (!actual.equals(expected)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "manifest %s of %s should have the digest %s but has %s"
                            .formatted(selector, place(), expected, actual));
        }
    }

    /// The type in the reply, or the one in the document when the reply's is not a manifest's.
    private static MediaType type(HttpReply reply, RawBytes raw) {
        return reply.header("Content-Type")
                .map(MediaType::parse)
                .filter(MediaType::isManifest)
                .orElseGet(() -> Manifest.typeOf(raw));
    }
}
