package dev.dray.model.image;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import java.util.Set;
import java.util.regex.Pattern;

/// The type of a document or layer, as RFC 6838 writes it, without parameters.
///
/// Accepts any well-formed type; the constants are those that Dray interprets. Compared exactly.
public record MediaType(String value) {
    // Before the constants, whose construction needs it.
    private static final Pattern SYNTAX =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
    public static final MediaType OCI_LAYER_GZIP = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    public static final MediaType OCI_LAYER_ZSTD = new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");
    public static final MediaType OCI_EMPTY = new MediaType("application/vnd.oci.empty.v1+json");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_MANIFEST_LIST =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    public static final MediaType DOCKER_LAYER_GZIP =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
    public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

    private static final Set<String> CONFIGS = Set.of(OCI_CONFIG.value, DOCKER_CONFIG.value);

    /// @throws DrayException of kind INVALID when the type is malformed
    public MediaType {
        if (!SYNTAX.matcher(value).matches()) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid media type \"" + Quote.shorten(value) + "\"");
        }
    }

    /// Parses a `Content-Type` value, dropping parameters.
    ///
    /// @throws DrayException of kind INVALID when the type is malformed
    public static MediaType parse(String text) {
        int semicolon = text.indexOf(';');
        return new MediaType((semicolon < 0 ? text : text.substring(0, semicolon)).strip());
    }

    /// True for a list of manifests: an OCI index or a Docker manifest list.
    public boolean isIndex() {
        return equals(OCI_INDEX) || equals(DOCKER_MANIFEST_LIST);
    }

    /// True for the manifest of one image or artifact.
    public boolean isImageManifest() {
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /// True for any manifest that Dray handles.
    public boolean isManifest() {
        return isIndex() || isImageManifest();
    }

    /// True for the config of a runnable image, as opposed to an artifact's.
    public boolean isImageConfig() {
        return CONFIGS.contains(value);
    }

    /// True for a layer whose licence forbids pushing it; a registry may store its manifest without it.
    public boolean isNonDistributable() {
        return value.startsWith("application/vnd.oci.image.layer.nondistributable.")
                || value.equals("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    }

    @Override
    public String toString() {
        return value;
    }
}
