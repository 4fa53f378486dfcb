package dev.dray.client;

import static java.util.stream.Collectors.joining;

import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.RequestBody;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        var _ = put(manifest, selector, List.of(), List.of());
    }

    /// @param tags further tags, by the parameter `tag` (OCI distribution-spec, end-7b)
    /// @param linkFrom where a Dray registry may link missing content from
    /// @return whether the registry says that it set all of `tags`
    boolean put(Manifest manifest, ManifestSelector selector, List<Tag> tags, List<RepositoryName> linkFrom) {
        String query =
                tags.isEmpty() ? "" : "?tag=" + tags.stream().map(Tag::value).collect(joining("&tag="));
        try {
            URI address = host.address(repository + "/manifests/" + selector + query);
            HttpRequest request = HttpRequest.of("PUT", address, call.meter())
                    .with("Content-Type", manifest.mediaType().value())
                    .sending(RequestBody.of(manifest.raw()));
            if (!linkFrom.isEmpty()) {
                String sources = linkFrom.stream().map(RepositoryName::value).collect(joining(", "));
                request = request.with("Dray-Link-From", sources);
            }
            try (HttpReply reply = RegistryHost.expect(host.send(request, call), call, 200, 201, 202)) {
                verify(selector, manifest.raw(), reply.header("Docker-Content-Digest"));
                Set<String> set = reply.headers("OCI-Tag").stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .map(String::strip)
                        .collect(Collectors.toSet());
                return tags.stream().map(Tag::value).allMatch(set::contains);
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

    private URI address(ManifestSelector selector) throws IOException {
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
