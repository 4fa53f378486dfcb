package dev.dray.store.upload;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.UploadTable;
import dev.dray.store.filesystem.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this process holds of an upload session: its bytes with their running digest, and which request has it.
///
/// One lock guards it. A request holds the lock for a slab at a time and never while it waits for its client, so
/// the next request gets in after one slab at most.
final class UploadSession {
    private final ReentrantLock lock = new ReentrantLock();
    private final Uploads uploads;
    private volatile UploadTable.Row row;
    private StagedBytes bytes;
    private volatile @Nullable Upload holder;
    private @Nullable FinishedBlob finished;
    private boolean over;
    /// Whether the catalog has the row. Until it has, nothing of the session is on the disk.
    private boolean recorded;
    /// Who it counts for while it is empty.
    private final String starter;
    /// When it ends, should it stay empty.
    private final Instant emptyUntil;
    /// Whether memory has let go of it; it goes on from its row.
    private boolean evicted;

    /// @param recorded whether the catalog has `row`
    UploadSession(
            Uploads uploads,
            UploadTable.Row row,
            StagedBytes bytes,
            boolean recorded,
            String starter,
            Instant emptyUntil) {
        this.uploads = uploads;
        this.row = row;
        this.bytes = bytes;
        this.recorded = recorded;
        this.starter = starter;
        this.emptyUntil = emptyUntil;
    }

    String starter() {
        return starter;
    }

    UploadTable.Row row() {
        return row;
    }

    private void record() {
        if (!recorded) {
            uploads.record(row);
            recorded = true;
            uploads.counted(starter, -1);
        }
    }

    /// Gives the session to a new request and ends the one that has it.
    ///
    /// @return empty when the session is over, or about to be published
    Optional<Upload> takeOver() throws IOException {
        lock.lock();
        try {
            if (over || evicted || finished != null) {
                return Optional.empty();
            }
            if (bytes.isBroken()) {
                bytes.closeFile();
                bytes = uploads.reopen(row);
            }
            return Optional.of(request());
        } finally {
            lock.unlock();
        }
    }

    /// Gives the session to a new request.
    Upload request() {
        lock.lock();
        try {
            Upload next = new Upload(this);
            holder = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    long offset(Upload request) {
        lock.lock();
        try {
            requireHeld(request);
            return bytes.size();
        } finally {
            lock.unlock();
        }
    }

    void write(Upload request, ByteBuffer slab) {
        lock.lock();
        try {
            requireHeld(request);
            if (bytes.size() + slab.remaining() > BlobLocation.LARGEST_INLINE) {
                record();
            }
            bytes.write(slab);
        } catch (IOException e) {
            throw StoreFailure.of("cannot write an upload", e);
        } finally {
            lock.unlock();
        }
    }

    FinishOutcome finish(Upload request, Digest expected) {
        lock.lock();
        try {
            requireHeld(request);
            Digest actual = bytes.digest(expected.algorithm());
            if (!actual.equals(expected)) {
                return new FinishOutcome.Mismatch(expected, actual, bytes.size());
            }
            FinishedBlob blob = new FinishedBlob(
                    actual, bytes, transaction -> transaction.uploads().delete(row.id()));
            finished = blob;
            return new FinishOutcome.Complete(blob);
        } catch (IOException e) {
            throw StoreFailure.of("cannot read an upload", e);
        } finally {
            lock.unlock();
        }
    }

    void cancel(Upload request) {
        lock.lock();
        try {
            if (!bytes.isBroken() || holder != request || over) {
                requireHeld(request);
            }
            end();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the request. What of the session is in memory alone goes to its file, for whoever goes on.
    void release(Upload request) {
        lock.lock();
        try {
            if (holder != request || over) {
                return;
            }
            FinishedBlob blob = finished;
            if (blob != null && !blob.take()) {
                ended(blob.isPublished());
                return;
            }
            finished = null;
            holder = null;
            if (bytes.size() > 0) {
                record();
            }
            if (!bytes.isBroken()) {
                bytes.store();
                bytes.forget();
            }
            bytes.closeFile();
            row = recorded ? uploads.renew(row) : row;
        } catch (IOException e) {
            throw StoreFailure.of("cannot keep an upload", e);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the request that has the session, if any.
    void releaseAny() {
        Upload request = holder;
        if (request != null) {
            release(request);
        }
    }

    /// Ends the session when its time is over at `now` and no request has it.
    ///
    /// @return false when it goes on
    boolean endExpired(Instant now) {
        lock.lock();
        try {
            Instant end = recorded || row.expires().isBefore(emptyUntil) ? row.expires() : emptyUntil;
            if (holder != null || over || evicted || end.isAfter(now)) {
                return false;
            }
            end();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of a session that no request has and that is on the disk.
    ///
    /// @return false when it stays
    boolean evict() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            evicted = evicted || (recorded && holder == null && finished == null && !over && !bytes.isBroken());
            return evicted;
        } finally {
            lock.unlock();
        }
    }

    boolean isEvicted() {
        lock.lock();
        try {
            return evicted;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        bytes.discardQuietly();
        ended(false);
    }

    private void ended(boolean rowIsGone) {
        over = true;
        holder = null;
        if (!recorded) {
            uploads.counted(starter, -1);
        }
        uploads.ended(row, rowIsGone || !recorded);
    }

    private void requireHeld(Upload request) {
        if (holder != request || over || finished != null) {
            throw new DrayException(Kind.CANCELLED, "the upload was ended, or taken over by another request");
        }
        if (bytes.isBroken()) {
            throw new DrayException(Kind.UNAVAILABLE, "the upload has failed before")
                    .advising("ask for its offset and go on from there");
        }
    }
}
