package dev.dray.registry;

import dev.dray.http.ClientAddress;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.upload.SessionLimits;
import dev.dray.store.upload.Upload;
import dev.dray.store.upload.Uploads.Resumption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Uploads of blobs into repositories. Thread safe.
///
/// A session belongs to one repository and to the caller who started it. To everybody else it does not exist, and a
/// caller who has lost the push right cannot continue it. The transaction that links the blob checks the right once
/// more.
public final class RegistryUploads {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;
    private final Duration lifetime;
    private final SessionLimits limits;

    RegistryUploads(Store store, Rights rights, RegistryListener listener, RegistrySettings settings) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
        this.lifetime = settings.uploadLifetime();
        this.limits = settings.limits().ofSessions();
    }

    /// Supplies the bytes of one request.
    @FunctionalInterface
    public interface Source {
        /// Writes all bytes to `sink`, in order.
        void drainTo(Sink sink) throws IOException;
    }

    /// Receives the bytes of one request.
    @FunctionalInterface
    public interface Sink {
        void write(ByteBuffer slab) throws IOException;
    }

    /// Starts a session; the caller closes its hold on it.
    ///
    /// @param client whom it counts for, with the caller, until it has bytes
    /// @throws RegistryException of kind UNAVAILABLE when too many were started and not gone on with
    public Upload start(Caller caller, ClientAddress client, RepositoryName repository) {
        rights.require(caller, repository, Action.PUSH);
        store.requireRoom();
        String owner = owner(caller);
        try {
            return store.uploads().start(repository, owner, owner + " at " + client, lifetime, limits);
        } catch (DrayException e) {
            throw RegistryException.of(ErrorTopic.UPLOAD, e);
        }
    }

    /// Takes a session over from the request that holds it; the caller closes the handle.
    ///
    /// @throws RegistryException of kind NOT_FOUND when the session does not exist, is not the caller's, or belongs
    ///     to another process
    public Upload resume(Caller caller, RepositoryName repository, String id) throws IOException {
        rights.require(caller, repository, Action.PUSH);
        return switch (store.uploads().resume(repository, owner(caller), id)) {
            case Resumption.Resumed(Upload upload) -> upload;
            case Resumption.HeldElsewhere _, Resumption.Unknown _ -> throw RegistryException.noUpload(id);
        };
    }

    /// Writes the bytes of one request. An upload that meets a full disk is dropped, so that what it has got so far is
    /// there for others: it could not be finished.
    public void append(Upload upload, Source source) throws IOException {
        try {
            store.requireRoom();
            source.drainTo(upload::write);
        } catch (DrayException e) {
            if (e.kind() == DrayException.Kind.OUT_OF_SPACE) {
                cancel(upload);
            }
            throw e;
        }
    }

    /// Ends a session without a blob, on a full disk too.
    public void cancel(Upload upload) throws IOException {
        boolean _ = store.freeing(() -> {
            upload.cancel();
            return true;
        });
    }

    /// Ends a session with its blob, which is linked and durable on return. A session whose bytes hash
    /// to something else is discarded.
    ///
    /// @throws RegistryException of kind INVALID when the bytes have another digest
    public void finish(Caller caller, Upload upload, Digest digest) throws IOException {
        switch (upload.finish(digest)) {
            case FinishOutcome.Complete(FinishedBlob blob) -> publish(caller, upload.repository(), blob);
            case FinishOutcome.Mismatch(Digest expected, Digest actual, long _) -> {
                upload.cancel();
                throw RegistryException.digestMismatch(expected, actual);
            }
        }
    }

    /// Uploads a whole blob in one request.
    ///
    /// @throws RegistryException of kind INVALID when the bytes have another digest
    public void put(Caller caller, RepositoryName repository, Digest digest, Source source) throws IOException {
        rights.require(caller, repository, Action.PUSH);
        store.requireRoom();
        try (StagedBlob staged = store.blobs().stage(digest.algorithm())) {
            source.drainTo(staged::write);
            switch (staged.finish(digest)) {
                case FinishOutcome.Complete(FinishedBlob blob) -> publish(caller, repository, blob);
                case FinishOutcome.Mismatch(Digest expected, Digest actual, long _) ->
                    throw RegistryException.digestMismatch(expected, actual);
            }
        }
    }

    private void publish(Caller caller, RepositoryName repository, FinishedBlob blob) {
        Digest digest = blob.digest();
        store.blobs().publish(blob, transaction -> {
            rights.require(caller, repository, Action.PUSH);
            return transaction.repository(repository).links().add(digest);
        });
        listener.happened(new RegistryEvent.BlobUploaded(caller, repository, digest, blob.size()));
    }

    /// Discards the sessions that were idle for longer than their lifetime.
    ///
    /// @return how many
    public int discardExpired() throws IOException {
        return store.uploads().discardExpired();
    }

    private static String owner(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> "";
            case Caller.User user -> user.name();
        };
    }
}
