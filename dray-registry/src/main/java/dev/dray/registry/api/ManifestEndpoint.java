package dev.dray.registry.api;

import dev.dray.http.BodyTooLarge;
import dev.dray.http.Method;
import dev.dray.http.Response;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.registry.DocumentBudget;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.Purpose;
import dev.dray.registry.RegistryException;
import dev.dray.registry.RegistryManifests;
import dev.dray.registry.api.Route.ManifestRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// `/v2/<name>/manifests/<reference>`.
final class ManifestEndpoint {
    private static final int MOST_TAGS = 100;

    /// Where the client lets missing content be linked from (docs/extensions/link-from.md).
    private static final String LINK_FROM = "Dray-Link-From";

    private static final int MOST_SOURCES = 8;

    private final RegistryManifests manifests;

    private final DocumentBudget documents;

    ManifestEndpoint(RegistryManifests manifests, DocumentBudget documents) {
        this.manifests = manifests;
        this.documents = documents;
    }

    Response handle(ManifestRoute route, Call call) throws IOException {
        return switch (call.method()) {
            case HEAD -> get(route, call, Purpose.EXISTENCE);
            case GET -> get(route, call, Purpose.READ);
            case PUT -> put(route, call);
            case DELETE -> {
                manifests.delete(call.caller(), route.repository(), route.selector());
                yield Response.of(202);
            }
            case POST, PATCH, OPTIONS -> Call.onlyAllowed(Method.GET, Method.HEAD, Method.PUT, Method.DELETE);
        };
    }

    private Response get(ManifestRoute route, Call call, Purpose purpose) {
        return documents.load(
                () -> new ManifestReply(manifests.find(call.caller(), route.repository(), route.selector(), purpose))
                        .to(call));
    }

    private Response put(ManifestRoute route, Call call) throws IOException {
        List<Tag> tags = tags(call);
        List<RepositoryName> sources = sources(call);
        manifests.requirePut(call.caller(), route.repository());
        RegistryManifests.Put put =
                documents.takeIn(call.client(), call.body().length(), patience -> read(call, patience), bytes -> {
                    RawBytes raw = RawBytes.copyOf(bytes);
                    MediaType type = mediaType(call, raw);
                    return manifests.put(call.caller(), route.repository(), route.selector(), tags, sources, type, raw);
                });
        Response response = Response.of(201)
                .with("Location", "/v2/%s/manifests/%s".formatted(route.repository(), put.digest()))
                .with("Docker-Content-Digest", put.digest().toString());
        if (put.subject().isPresent()) {
            response = response.with("OCI-Subject", put.subject().get().toString());
        }
        if (!tags.isEmpty()) {
            response = response.with("OCI-Tag", tags.stream().map(Tag::value).collect(Collectors.joining(", ")));
        }
        return response;
    }

    private static List<Tag> tags(Call call) {
        List<String> tags = call.query().all("tag");
        if (tags.size() > MOST_TAGS) {
            throw new RegistryException(
                    DrayException.Kind.TOO_LARGE, ErrorTopic.TAG, "at most %d tags at a time".formatted(MOST_TAGS));
        }
        return tags.stream()
                .map(text -> Route.checked(ErrorTopic.TAG, () -> new Tag(text)))
                .distinct()
                .toList();
    }

    /// The repositories that the client names as sources, of which there may be few: the header is no way to search the
    /// whole registry for a blob.
    private static List<RepositoryName> sources(Call call) {
        List<String> names = call.request().head().headers().all(LINK_FROM).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.size() > MOST_SOURCES) {
            throw new RegistryException(
                    DrayException.Kind.INVALID,
                    ErrorTopic.REPOSITORY,
                    "%s names %d repositories, at most %d may be named"
                            .formatted(LINK_FROM, names.size(), MOST_SOURCES));
        }
        return names.stream()
                .map(name -> Route.checked(ErrorTopic.REPOSITORY, () -> RepositoryName.parse(name)))
                .toList();
    }

    private static byte[] read(Call call, Duration patience) throws IOException {
        try {
            return call.body().readAll(Manifest.LARGEST, patience);
        } catch (BodyTooLarge e) {
            throw new RegistryException(
                    DrayException.Kind.TOO_LARGE,
                    ErrorTopic.MANIFEST,
                    "the manifest is larger than the limit of %d bytes".formatted(e.limit()));
        }
    }

    /// The type in the request, otherwise the one in the document.
    private static MediaType mediaType(Call call, RawBytes raw) {
        return Route.checked(
                ErrorTopic.MANIFEST,
                () -> call.header("Content-Type").map(MediaType::parse).orElseGet(() -> Manifest.typeOf(raw)));
    }
}
