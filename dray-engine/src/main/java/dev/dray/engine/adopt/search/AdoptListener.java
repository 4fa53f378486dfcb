package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.layer.recipe.EncoderId;
import java.util.List;

/// Hears how work on layers of other engines goes; called from several threads.
@FunctionalInterface
public interface AdoptListener {
    /// Encoders are run over a layer.
    ///
    /// @param encoders those that are run now
    /// @param done bytes of its tar that they were given
    /// @param total bytes of its tar
    void testing(HostLayer layer, List<EncoderId> encoders, long done, long total);

    /// A layer was looked at.
    default void checked(SearchedLayer check) {}

    /// Hears nothing.
    static AdoptListener silent() {
        return (_, _, _, _) -> {};
    }
}
