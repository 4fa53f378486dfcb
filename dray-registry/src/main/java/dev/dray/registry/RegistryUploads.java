package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.upload.Upload;
import dev.dray.store.upload.Uploads.Resumption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Blobs on their way into repositories. Thread safe.
///
/// A session belongs to one repository and to the caller who started it; to everybody else it is
/// unknown, and who has lost the right to push since cannot go on with it. The right is asked once more
/// in the transaction that links the blob.
public final class RegistryUploads {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;
    private final Duration lifetime;

    RegistryUploads(Store store, Rights rights, RegistryListener listener, Duration lifetime) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
        this.lifetime = lifetime;
    }

    /// Where the bytes of one request come from.
    @FunctionalInterface
    public interface Source {
        /// Gives all bytes to `sink`, in order.
        void drainTo(Sink sink) throws IOException;
    }

    /// Where the bytes of one request go.
    @FunctionalInterface
    public interface Sink {
        void write(ByteBuffer slab) throws IOException;
    }

    /// Starts a session; the caller closes its hold on it.
    public Upload start(Caller caller, RepositoryName repository) {
        rights.require(caller, repository, Action.PUSH);
        return store.uploads().start(repository, owner(caller), lifetime);
    }

    /// Takes a session over from the request that has it now; the caller closes its hold on it.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, not the caller's, or with another
    ///     process
    public Upload resume(Caller caller, RepositoryName repository, String id) throws IOException {
        rights.require(caller, repository, Action.PUSH);
        return switch (store.uploads().resume(repository, owner(caller), id)) {
            case Resumption.Resumed(Upload upload) -> upload;
            case Resumption.HeldElsewhere _, Resumption.Unknown _ -> throw RegistryException.noUpload(id);
        };
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

    /// Takes a whole blob in one request.
    ///
    /// @throws RegistryException of kind INVALID when the bytes have another digest
    public void put(Caller caller, RepositoryName repository, Digest digest, Source source) throws IOException {
        rights.require(caller, repository, Action.PUSH);
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

    /// Sessions that lay idle for too long are discarded.
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
