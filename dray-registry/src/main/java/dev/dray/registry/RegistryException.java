package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.ManifestSelector;
import org.jspecify.annotations.Nullable;

/// A failure with a known topic. Absent and unreadable content come from the same constructors, so that clients cannot
/// tell the two apart.
public final class RegistryException extends DrayException {
    private static final long serialVersionUID = 1L;

    private final ErrorTopic concern;

    public RegistryException(Kind kind, ErrorTopic concern, String message) {
        this(kind, concern, message, null, null);
    }

    private RegistryException(
            Kind kind, ErrorTopic concern, String message, @Nullable String subject, @Nullable Throwable cause) {
        super(kind, message, subject, null, cause);
        this.concern = concern;
    }

    /// The same failure, with its topic.
    public static RegistryException of(ErrorTopic concern, DrayException failure) {
        return new RegistryException(
                failure.kind(), concern, failure.getMessage(), failure.subject().orElse(null), failure);
    }

    public ErrorTopic concern() {
        return concern;
    }

    public static RegistryException noBlob(Digest digest) {
        return new RegistryException(
                Kind.NOT_FOUND, ErrorTopic.BLOB, "blob unknown to registry", digest.toString(), null);
    }

    static RegistryException noManifest(ManifestSelector selector) {
        return new RegistryException(
                Kind.NOT_FOUND, ErrorTopic.MANIFEST, "manifest unknown", selector.toString(), null);
    }

    static RegistryException noUpload(String id) {
        return new RegistryException(Kind.NOT_FOUND, ErrorTopic.UPLOAD, "blob upload unknown to registry", id, null);
    }

    static RegistryException noRepository(RepositoryName name) {
        return new RegistryException(
                Kind.NOT_FOUND, ErrorTopic.REPOSITORY, "repository name not known to registry", name.toString(), null);
    }

    static RegistryException digestMismatch(Digest expected, Digest actual) {
        return new RegistryException(
                Kind.INVALID,
                ErrorTopic.DIGEST,
                "the content has digest %s, not the announced %s".formatted(actual, expected),
                expected.toString(),
                null);
    }
}
