package dev.dray.client;

import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Location;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a tag list page by page, as the `Link` headers lead (RFC 8288).
record TagList(RegistryHost host, RegistryHost.Call call) {
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,8192})>\\s*;\\s*rel=\"?next\"?");
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_TAGS = 5_000_000;

    List<Tag> read(RepositoryName repository) throws IOException {
        List<Tag> tags = new ArrayList<>();
        HttpRequest request = HttpRequest.of("GET", host.address(repository + "/tags/list?n=1000"), call.meter());
        for (int page = 0; page < MOST_PAGES; page++) {
            Optional<HttpRequest> next = page(request, tags);
            if (next.isEmpty()) {
                return List.copyOf(tags);
            }
            if (tags.size() > MOST_TAGS) {
                break;
            }
            request = next.get();
        }
        throw new DrayException(
                DrayException.Kind.TOO_LARGE, "%s/%s lists tags without end".formatted(host.name(), repository));
    }

    private Optional<HttpRequest> page(HttpRequest request, List<Tag> tags) throws IOException {
        try (HttpReply reply = RegistryHost.expect(host.send(request, call), call, 200)) {
            JsonValue.JsonObject document =
                    Json.parseObject(reply.read(JsonLimits.DOCUMENT.bytes()), JsonLimits.DOCUMENT, "tag list");
            for (JsonValue element : document.array("tags")) {
                element.text().map(Tag::new).ifPresent(tags::add);
            }
            return reply.header("Link").flatMap(TagList::next).map(text -> follow(request, text));
        }
    }

    /// The address of the next page in the header.
    static Optional<String> next(String link) {
        Matcher matcher = NEXT.matcher(link);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static HttpRequest follow(HttpRequest request, String text) {
        return request.to(Location.resolve(request.uri(), text).uri());
    }
}
