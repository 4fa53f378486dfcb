package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.RepositoryName;
import dev.dray.registry.Registry;
import java.io.IOException;

/// Answers for a registry, for reading and writing.
final class RegistryEndpoints implements Endpoints {
    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;
    private final ManifestEndpoint manifests;
    private final ListEndpoint lists;
    private final ReferrersEndpoint referrers;

    RegistryEndpoints(Registry registry) {
        this.blobs = new BlobEndpoint(registry.blobs());
        this.uploads = new UploadEndpoint(registry.uploads(), registry.mounts());
        this.manifests = new ManifestEndpoint(registry.manifests(), registry.documents());
        this.lists = new ListEndpoint(registry.lists(), this::name);
        this.referrers = new ReferrersEndpoint(registry.lists(), registry.documents());
    }

    @Override
    public RepositoryName name(String text) {
        return RepositoryName.parse(text);
    }

    @Override
    public Response extensions() {
        return Extensions.ofRegistry();
    }

    @Override
    public Response answer(Route.Inner route, Call call) throws IOException {
        return switch (route) {
            case Route.Catalog _ -> call.ifReading(() -> lists.repositories(call));
            case Route.BlobRoute blob -> blobs.handle(blob, call);
            case Route.UploadsRoute started -> uploads.handle(started, call);
            case Route.UploadRoute upload -> uploads.handle(upload, call);
            case Route.ManifestRoute manifest -> manifests.handle(manifest, call);
            case Route.TagsRoute tags -> call.ifReading(() -> lists.tags(tags.repository(), tags, call));
            case Route.ReferrersRoute about -> call.ifReading(() -> referrers.handle(about.repository(), about, call));
        };
    }
}
