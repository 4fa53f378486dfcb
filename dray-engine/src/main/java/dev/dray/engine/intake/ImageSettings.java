package dev.dray.engine.intake;

import dev.dray.model.image.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an image that is made here is to say of itself.
///
/// @param changes Dockerfile instructions for its config, as `docker import --change` takes them: `CMD ["/bin/sh"]`
/// @param comment kept in its history
public record ImageSettings(Platform platform, Instant created, List<String> changes, Optional<String> comment) {
    public ImageSettings {
        changes = List.copyOf(changes);
    }

    /// For this host, made now.
    public static ImageSettings of(List<String> changes) {
        return new ImageSettings(Platform.host(), Instant.now(), changes, Optional.empty());
    }
}
