package dev.dray.engine.transfer;

import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.Platform;
import java.util.Objects;

/// Which images of an index are meant.
public sealed interface PlatformChoice {

    /// The image for one platform; the index itself is not stored.
    record One(Platform platform) implements PlatformChoice {}

    /// All of them, and the index.
    record All() implements PlatformChoice {}

    /// The image that runs on this host.
    static PlatformChoice host() {
        return new One(Platform.host());
    }

    /// Reads `all`, or a platform as in `linux/arm64`.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    static PlatformChoice parse(String text) {
        return text.equals("all") ? new All() : new One(Platform.parse(text));
    }

    /// The child of `index` that is for `platform`.
    ///
    /// @throws DrayException of kind NOT_FOUND that lists what there is
    static Descriptor pick(Manifest.Index index, Platform platform) {
        return index.manifests().stream()
                .filter(child -> child.platform().map(platform::accepts).orElse(false))
                .findFirst()
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.NOT_FOUND, "the image has nothing for platform " + platform)
                        .advising("it has " + platforms(index) + "; choose with --platform"));
    }

    private static String platforms(Manifest.Index index) {
        String known = String.join(
                ", ",
                index.manifests().stream()
                        .map(child -> child.platform().map(Platform::toString).orElse(null))
                        .filter(Objects::nonNull)
                        .filter(platform -> !platform.startsWith("unknown/"))
                        .distinct()
                        .toList());
        return known.isEmpty() ? "no platforms named" : known;
    }
}
