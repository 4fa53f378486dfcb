package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.ReferrerSource;
import dev.dray.registry.RegistryLists;
import dev.dray.registry.RegistryLists.Page;
import dev.dray.registry.api.Route.ReferrersRoute;
import dev.dray.store.catalog.Manifests.Stored;
import java.util.List;
import java.util.Optional;

/// `/v2/<name>/referrers/<digest>`: the manifests whose subject is this digest, as an index (OCI distribution-spec,
/// "Listing Referrers").
final class ReferrersEndpoint {
    private final RegistryLists lists;

    ReferrersEndpoint(RegistryLists lists) {
        this.lists = lists;
    }

    /// @param repository the repository of the route
    Response handle(RepositoryName repository, ReferrersRoute route, Call call) {
        Optional<Digest> last = call.query().first("last").map(Route::digest);
        Page<Stored> page = lists.referrers(call.caller(), repository, route.subject(), last);
        Optional<String> wanted = call.query().first("artifactType");
        List<Descriptor> descriptors = page.items().stream()
                .map(stored -> ReferrerSource.describe(stored.parse(), stored.digest()))
                .filter(descriptor ->
                        wanted.isEmpty() || descriptor.artifactType().equals(wanted))
                .toList();
        Response response = Response.text(
                200,
                MediaType.OCI_INDEX.value(),
                Manifest.Index.of(descriptors).raw().toString());
        if (wanted.isPresent()) {
            response = response.with("OCI-Filters-Applied", "artifactType");
        }
        return page.more() ? response.with("Link", call.next(next(page, wanted))) : response;
    }

    private static String next(Page<Stored> page, Optional<String> wanted) {
        return "last="
                + page.items().getLast().digest()
                + wanted.map(type -> "&artifactType=" + Call.encoded(type)).orElse("");
    }
}
