package dev.dray.registry.api;

import dev.dray.http.Response;
import dev.dray.model.RepositoryName;
import java.io.IOException;

/// Answers requests whose route and caller are known, for a registry or a mirror.
interface Endpoints {
    /// Parses the name of a repository in a path.
    ///
    /// @throws dev.dray.model.DrayException of kind INVALID when it is malformed
    RepositoryName name(String text);

    Response answer(Route.Inner route, Call call) throws IOException;

    /// Answers which extensions there are.
    Response extensions();
}
