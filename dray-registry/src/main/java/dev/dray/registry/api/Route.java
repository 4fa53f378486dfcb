package dev.dray.registry.api;

import dev.dray.http.RequestPath;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.ManifestSelector;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.RegistryException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The meaning of a path of the API. Names, digests and tags in it are valid.
sealed interface Route {
    /// `/v2/`.
    record Base() implements Route {}

    /// Any route but `/v2/`.
    sealed interface Inner extends Route {}

    /// `/v2/_catalog`.
    record Catalog() implements Inner {}

    /// `/v2/_oci/ext/discover` (OCI distribution-spec, "Extensions").
    record Extensions() implements Route {}

    /// A route inside a repository.
    sealed interface InRepository extends Inner {
        RepositoryName repository();
    }

    /// `/v2/<name>/blobs/<digest>`.
    record BlobRoute(RepositoryName repository, Digest digest) implements InRepository {}

    /// `/v2/<name>/blobs/uploads/`.
    record UploadsRoute(RepositoryName repository) implements InRepository {}

    /// `/v2/<name>/blobs/uploads/<id>`.
    record UploadRoute(RepositoryName repository, String id) implements InRepository {}

    /// `/v2/<name>/manifests/<reference>`.
    record ManifestRoute(RepositoryName repository, ManifestSelector selector) implements InRepository {}

    /// `/v2/<name>/tags/list`.
    record TagsRoute(RepositoryName repository) implements InRepository {}

    /// `/v2/<name>/referrers/<digest>`.
    record ReferrersRoute(RepositoryName repository, Digest subject) implements InRepository {}

    /// Parses a path from its end, so that a repository may be called `blobs`. A trailing slash and escaped slashes
    /// within the name make no difference.
    ///
    /// @param names parses the name of a repository, or throws
    /// @throws RegistryException of kind NOT_FOUND when there is no such route, INVALID when a part is malformed
    static Route parse(RequestPath path, Function<String, RepositoryName> names) {
        List<String> parts = List.of(String.join("/", path.segments()).split("/", -1));
        if (parts.size() > 1 && parts.getLast().isEmpty()) {
            parts = parts.subList(0, parts.size() - 1);
        }
        if (!parts.getFirst().equals("v2")) {
            throw noRoute();
        }
        int length = parts.size();
        if (length == 1) {
            return new Base();
        }
        if (length == 2 && parts.getLast().equals("_catalog")) {
            return new Catalog();
        }
        if (length == 4 && String.join("/", parts).equals("v2/_oci/ext/discover")) {
            return new Extensions();
        }
        if (length >= 5 && ends(parts, 3, "blobs") && ends(parts, 2, "uploads")) {
            return new UploadRoute(name(parts, 3, names), parts.getLast());
        }
        if (length < 4) {
            throw noRoute();
        }
        String last = parts.getLast();
        return switch (parts.get(length - 2)) {
            case "blobs" ->
                last.equals("uploads")
                        ? new UploadsRoute(name(parts, 2, names))
                        : new BlobRoute(name(parts, 2, names), digest(last));
            case "manifests" -> new ManifestRoute(name(parts, 2, names), selector(last));
            case "referrers" -> new ReferrersRoute(name(parts, 2, names), digest(last));
            case "tags" -> {
                if (!last.equals("list")) {
                    throw noRoute();
                }
                yield new TagsRoute(name(parts, 2, names));
            }
            default -> throw noRoute();
        };
    }

    private static boolean ends(List<String> parts, int fromEnd, String word) {
        return parts.get(parts.size() - fromEnd).equals(word);
    }

    private static RepositoryName name(List<String> parts, int behind, Function<String, RepositoryName> names) {
        String text = String.join("/", parts.subList(1, parts.size() - behind));
        return checked(ErrorTopic.REPOSITORY, () -> names.apply(text));
    }

    /// @throws RegistryException of kind INVALID or UNSUPPORTED
    static Digest digest(String text) {
        return checked(ErrorTopic.DIGEST, () -> Digest.parse(text));
    }

    private static ManifestSelector selector(String text) {
        return checked(text.indexOf(':') >= 0 ? ErrorTopic.DIGEST : ErrorTopic.TAG, () -> ManifestSelector.parse(text));
    }

    /// The result of `parser`; its failures get the topic `concern`.
    static <T> T checked(ErrorTopic concern, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (DrayException e) {
            throw RegistryException.of(concern, e);
        }
    }

    private static RegistryException noRoute() {
        return new RegistryException(
                DrayException.Kind.NOT_FOUND, ErrorTopic.REPOSITORY, "there is nothing at this path");
    }
}
