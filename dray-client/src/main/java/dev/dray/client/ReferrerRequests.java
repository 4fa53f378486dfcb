package dev.dray.client;

import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Location;
import dev.dray.client.transport.RegistryException;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Referrer requests to one repository (OCI distribution-spec 1.1): by the referrers API, and on registries without it
/// by the subject's fallback tag, whose index lists the referrers.
record ReferrerRequests(RegistryHost host, RegistryHost.Call call, RepositoryName repository) {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_REFERRERS = 10_000;

    /// The referrers from the API; empty when the registry lacks it.
    Optional<List<Descriptor>> byApi(Digest subject) {
        List<Descriptor> referrers = new ArrayList<>();
        try {
            HttpRequest request =
                    HttpRequest.of("GET", host.address(repository + "/referrers/" + subject), call.meter());
            for (int page = 0; page < MOST_PAGES && referrers.size() <= MOST_REFERRERS; page++) {
                Optional<HttpRequest> next = page(request, referrers);
                if (next.isEmpty()) {
                    return Optional.of(List.copyOf(referrers));
                }
                request = next.get();
            }
        } catch (RegistryException refused) {
            if (referrers.isEmpty() && isWithoutApi(refused)) {
                return Optional.empty();
            }
            throw refused;
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
        throw new DrayException(
                DrayException.Kind.TOO_LARGE,
                "%s/%s lists referrers of %s without end".formatted(host.name(), repository, subject));
    }

    private static boolean isWithoutApi(RegistryException refused) {
        return switch (refused.kind()) {
            case NOT_FOUND, UNSUPPORTED, INVALID -> true;
            case DENIED, UNAUTHENTICATED, CONFLICT, TOO_LARGE, OUT_OF_SPACE, CORRUPT, UNAVAILABLE, CANCELLED -> false;
        };
    }

    private Optional<HttpRequest> page(HttpRequest request, List<Descriptor> referrers) throws IOException {
        HttpRequest asking = request.with("Accept", MediaType.OCI_INDEX.value());
        try (HttpReply reply = RegistryHost.expect(host.send(asking, call), call, 200)) {
            RawBytes raw = RawBytes.copyOf(reply.read(Manifest.LARGEST));
            if (Manifest.parse(MediaType.OCI_INDEX, raw) instanceof Manifest.Index index) {
                referrers.addAll(index.manifests());
            }
            return reply.header("Link")
                    .flatMap(TagList::next)
                    .map(text ->
                            request.to(Location.resolve(request.uri(), text).uri()));
        }
    }

    /// The referrers that the fallback tag lists; none when there is no such tag.
    List<Descriptor> byTag(Digest subject) {
        try {
            Manifest listed = manifests().get(ManifestSelector.of(tag(subject)));
            return listed instanceof Manifest.Index index ? index.manifests() : List.of();
        } catch (RegistryException absent) {
            if (absent.kind() == DrayException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw absent;
        }
    }

    /// Adds referrers to the index of the fallback tag. Puts nothing when it lists them all.
    void addToTag(Digest subject, List<Descriptor> referrers) {
        Map<Digest, Descriptor> all = new LinkedHashMap<>();
        byTag(subject).forEach(listed -> all.put(listed.digest(), listed));
        int before = all.size();
        referrers.forEach(referrer -> all.putIfAbsent(referrer.digest(), referrer));
        if (all.size() > before) {
            manifests().put(Manifest.Index.of(List.copyOf(all.values())), ManifestSelector.of(tag(subject)));
        }
    }

    private ManifestRequests manifests() {
        return new ManifestRequests(host, call, repository);
    }

    /// `sha256-<hex>`, the hex cut to 64 characters ("Referrers Tag Schema").
    private static Tag tag(Digest subject) {
        String hex = subject.hex();
        return new Tag(subject.algorithm().label() + "-" + hex.substring(0, Math.min(64, hex.length())));
    }
}
