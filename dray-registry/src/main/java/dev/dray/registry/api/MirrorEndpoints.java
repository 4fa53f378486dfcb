package dev.dray.registry.api;

import dev.dray.http.ErrorListener;
import dev.dray.http.Method;
import dev.dray.http.Response;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.Mirror;
import dev.dray.registry.RegistryException;
import java.io.IOException;

/// Answers for a mirror, read-only.
///
/// A client of a mirror has a fallback, and uses it at once on 404; on a server error docker retries for a minute. So
/// unreadable content is answered with 404, and the cause goes to the log.
final class MirrorEndpoints implements Endpoints {
    private static final String READ_ONLY = "this serves the images that a host has pulled, and takes none;"
            + " push to a registry, or copy the image into the store of the host";

    private final Mirror mirror;
    private final ErrorListener errors;
    private final ListEndpoint lists;
    private final ReferrersEndpoint referrers;

    MirrorEndpoints(Mirror mirror, ErrorListener errors) {
        this.mirror = mirror;
        this.errors = errors;
        this.lists = new ListEndpoint(mirror.lists(), this::name);
        this.referrers = new ReferrersEndpoint(mirror.lists(), mirror.documents());
    }

    /// Accepts names with a port too, for the store has such hosts.
    @Override
    public RepositoryName name(String text) {
        return new RepositoryName(text);
    }

    @Override
    public Response extensions() {
        return Extensions.ofMirror();
    }

    @Override
    public Response answer(Route.Inner route, Call call) throws IOException {
        if (call.method() != Method.GET && call.method() != Method.HEAD) {
            return readOnly();
        }
        return switch (route) {
            case Route.Catalog _ -> lists.repositories(call);
            case Route.UploadsRoute _, Route.UploadRoute _ -> readOnly();
            case Route.BlobRoute blob -> blob(stored(blob, call), blob.digest(), call);
            case Route.ManifestRoute manifest ->
                mirror.documents()
                        .load(() -> new ManifestReply(
                                        mirror.manifest(call.caller(), stored(manifest, call), manifest.selector()))
                                .to(call));
            case Route.TagsRoute tags -> lists.tags(stored(tags, call), tags, call);
            case Route.ReferrersRoute about -> referrers.handle(stored(about, call), about, call);
        };
    }

    private static Response readOnly() {
        return OciErrors.methodNotAllowed("GET, HEAD", READ_ONLY);
    }

    /// The name of the repository in the store.
    private RepositoryName stored(Route.InRepository route, Call call) {
        RepositoryName name =
                mirror.name(call.caller(), route.repository(), call.query().first("ns"));
        call.request().notes().put("repository", name.toString());
        return name;
    }

    private Response blob(RepositoryName repository, Digest digest, Call call) {
        BlobReply reply = new BlobReply(digest);
        if (call.method() == Method.HEAD) {
            return reply.toHead(mirror.size(call.caller(), repository, digest));
        }
        try {
            return reply.to(call, () -> mirror.blob(call.caller(), repository, digest));
        } catch (IOException e) {
            throw unreadable(digest, repository, e);
        } catch (DrayException e) {
            throw e.kind() == DrayException.Kind.CORRUPT ? unreadable(digest, repository, e) : e;
        }
    }

    private RegistryException unreadable(Digest digest, RepositoryName repository, Exception failure) {
        errors.failed("blob %s of %s cannot be read".formatted(digest, repository), failure);
        return RegistryException.noBlob(digest);
    }
}
