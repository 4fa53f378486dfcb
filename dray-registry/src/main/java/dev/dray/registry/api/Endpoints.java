package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.RepositoryName;
import java.io.IOException;

/// Where requests are answered whose path and caller are known: that of a registry, or that of a mirror.
interface Endpoints {
    /// The name of a repository as a path has it.
    ///
    /// @throws dev.dray.model.DrayException of kind INVALID when it is none
    RepositoryName name(String text);

    Response answer(Route.Inner route, Call call) throws IOException;

    /// Answers which extensions there are.
    Response extensions();
}
