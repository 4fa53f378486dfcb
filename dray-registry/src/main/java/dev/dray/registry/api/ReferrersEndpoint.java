package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.registry.DocumentBudget;
import dev.dray.registry.RegistryLists;
import dev.dray.registry.RegistryLists.Referrers;
import dev.dray.registry.api.Route.ReferrersRoute;
import java.util.Optional;

/// `/v2/<name>/referrers/<digest>`: the manifests whose subject is this digest, as an index (OCI distribution-spec,
/// "Listing Referrers").
final class ReferrersEndpoint {
    private final RegistryLists lists;
    private final DocumentBudget documents;

    ReferrersEndpoint(RegistryLists lists, DocumentBudget documents) {
        this.lists = lists;
        this.documents = documents;
    }

    /// @param repository the repository of the route
    Response handle(RepositoryName repository, ReferrersRoute route, Call call) {
        Optional<Digest> last = call.query().first("last").map(Route::digest);
        Optional<String> wanted = call.query().first("artifactType");
        Referrers page =
                documents.parse(() -> lists.referrers(call.caller(), repository, route.subject(), wanted, last));
        byte[] index = Manifest.Index.of(page.items()).raw().toByteArray();
        Response response = Response.of(200)
                .with("Content-Type", MediaType.OCI_INDEX.value())
                .body(new ResponseBody.Bytes(index));
        if (wanted.isPresent()) {
            response = response.with("OCI-Filters-Applied", "artifactType");
        }
        Optional<String> next = page.next().map(digest -> next(digest, wanted));
        return next.isPresent() ? response.with("Link", call.next(next.get())) : response;
    }

    private static String next(Digest last, Optional<String> wanted) {
        return "last="
                + last
                + wanted.map(type -> "&artifactType=" + Call.encoded(type)).orElse("");
    }
}
