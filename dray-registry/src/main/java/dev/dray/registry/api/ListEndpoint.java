package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.RegistryException;
import dev.dray.registry.RegistryLists;
import dev.dray.registry.RegistryLists.Page;
import dev.dray.registry.api.Route.TagsRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `/v2/<name>/tags/list` and `/v2/_catalog`.
final class ListEndpoint {
    private final RegistryLists lists;
    private final Function<String, RepositoryName> names;

    /// @param names parses the name of a repository, or throws
    ListEndpoint(RegistryLists lists, Function<String, RepositoryName> names) {
        this.lists = lists;
        this.names = names;
    }

    /// @param repository the repository of the route
    Response tags(RepositoryName repository, TagsRoute route, Call call) {
        Optional<Tag> last = last(call).map(text -> Route.checked(ErrorTopic.PAGE, () -> new Tag(text)));
        int length = length(call);
        Page<Tag> page = lists.tags(call.caller(), repository, last, length);
        List<String> tags = page.items().stream().map(Tag::value).toList();
        JsonValue document = JsonValue.object()
                .put("name", route.repository().value())
                .put("tags", JsonValue.strings(tags))
                .build();
        return withNext(json(document), call, tags, page.more());
    }

    Response repositories(Call call) {
        Optional<RepositoryName> last = last(call).map(text -> Route.checked(ErrorTopic.PAGE, () -> names.apply(text)));
        Page<RepositoryName> page = lists.repositories(call.caller(), last, length(call));
        List<String> found = page.items().stream().map(RepositoryName::value).toList();
        JsonValue document =
                JsonValue.object().put("repositories", JsonValue.strings(found)).build();
        return withNext(json(document), call, found, page.more());
    }

    /// The page length that the client requests, otherwise the longest.
    private static int length(Call call) {
        Optional<String> n = call.query().first("n");
        if (n.isEmpty()) {
            return RegistryLists.LONGEST_PAGE;
        }
        if (n.get().isEmpty() || !n.get().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RegistryException(
                    DrayException.Kind.INVALID, ErrorTopic.PAGE, "the parameter \"n\" is not a number");
        }
        return n.get().length() > 9 ? RegistryLists.LONGEST_PAGE : Integer.parseInt(n.get());
    }

    private static Optional<String> last(Call call) {
        return call.query().first("last").filter(text -> !text.isEmpty());
    }

    private static Response withNext(Response response, Call call, List<String> items, boolean more) {
        return more && !items.isEmpty()
                ? response.with(
                        "Link", call.next("n=%d&last=%s".formatted(items.size(), Call.encoded(items.getLast()))))
                : response;
    }

    private static Response json(JsonValue document) {
        return Response.text(200, "application/json", Json.write(document).toString());
    }
}
