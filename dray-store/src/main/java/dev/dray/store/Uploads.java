package dev.dray.store;

import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.time.Duration;

/// Upload sessions: transfers that span requests, and outlive the process that serves them. Thread safe.
///
/// A session is bound to the process that holds its running digest. While that process lives, every other one finds
/// it held elsewhere; when it is gone any other goes on, and reads what is there once to have the digest again.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class Uploads {
    Uploads() {}

    /// Starts a session; its row is durable on return.
    ///
    /// @param owner who may go on with it, in the caller's own terms; empty for anonymous
    /// @param lifetime how long it may lie idle
    public Upload start(RepositoryName repository, String owner, Duration lifetime) {
        throw new UnsupportedOperationException(repository + owner + lifetime);
    }

    /// Takes a session over: the request that has it now, if any, is ended before the offset is read.
    public Resumption resume(RepositoryName repository, String id) throws IOException {
        throw new UnsupportedOperationException(repository + id);
    }

    /// Discards sessions that have lain idle for longer than their lifetime.
    ///
    /// @return how many
    public int discardExpired() throws IOException {
        throw new UnsupportedOperationException();
    }

    /// What came of asking for a session.
    public sealed interface Resumption {
        /// It is this caller's now.
        record Resumed(Upload upload) implements Resumption {}

        /// Another living process has it.
        record HeldElsewhere() implements Resumption {}

        /// There is no such session in that repository.
        record Unknown() implements Resumption {}
    }
}
