package dev.dray.engine.intake;

import dev.dray.model.image.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The config of an image that is built here.
///
/// @param changes Dockerfile instructions for its config, as `docker import --change` takes them: `CMD ["/bin/sh"]`
/// @param comment kept in its history
public record ImageSettings(Platform platform, Instant created, List<String> changes, Optional<String> comment) {
    public ImageSettings {
        changes = List.copyOf(changes);
    }

    /// For this host, built now.
    public static ImageSettings of(List<String> changes) {
        return new ImageSettings(Platform.host(), Instant.now(), changes, Optional.empty());
    }
}
