package dev.dray.store.upload;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.store.blob.StagedBytes;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.UploadTable;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Upload sessions: transfers that span requests, and outlive the process that serves them. Thread safe.
///
/// A session is bound to the process that holds its running digest. While that process lives, every other one finds
/// it held elsewhere; when it is gone any other goes on, and reads what is there once to have the digest again.
public final class Uploads {
    private static final Digest.Algorithm ALGORITHM = Digest.Algorithm.SHA256;
    private static final int ID_BYTES = 16;
    private static final int PAGE = 100;

    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();
    /// Empty sessions by whom they count for.
    private final Map<String, Integer> empty = new ConcurrentHashMap<>();
    /// Held while a session of another process is claimed and read, so that two requests do not do it twice.
    private final Map<String, ReentrantLock> claims = new ConcurrentHashMap<>();

    public Uploads(Catalog catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
    }

    /// Starts a session. It is kept in memory until it has bytes that must outlive a request or do not fit there:
    /// one that a small body ends, or that is never used, costs no commit, and nobody misses it after a crash.
    ///
    /// @param owner who may go on with it, in the caller's own terms; empty for anonymous
    /// @param lifetime how long it may lie idle
    public Upload start(RepositoryName repository, String owner, Duration lifetime) {
        return start(repository, owner, owner, lifetime, SessionLimits.NONE);
    }

    /// [#start] within limits.
    ///
    /// @param holder whom it counts for while it is empty, in the caller's own terms
    /// @throws DrayException of kind UNAVAILABLE when there are too many, of this holder or in all
    public Upload start(
            RepositoryName repository, String owner, String holder, Duration lifetime, SessionLimits limits) {
        if (sessions.size() >= limits.inMemory()) {
            evict(limits.inMemory());
        }
        int own = empty.getOrDefault(holder, 0);
        if (own >= limits.emptyPerHolder() || sessions.size() >= limits.inMemory()) {
            throw new DrayException(DrayException.Kind.UNAVAILABLE, "too many uploads were begun and not gone on with");
        }
        byte[] bytes = new byte[ID_BYTES];
        Randomness.SOURCE.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant expires = clock.instant().plus(lifetime);
        UploadTable.Row row =
                new UploadTable.Row(id, repository, owner, Optional.of(process.id()), lifetime, expires, id);
        StagedBytes none = new StagedBytes(files, layout.staging().resolve(row.file()), ALGORITHM);
        Instant emptyUntil = clock.instant().plus(limits.emptyLifetime());
        UploadSession session = new UploadSession(this, row, none, false, holder, emptyUntil);
        counted(holder, 1);
        sessions.put(id, session);
        return session.request();
    }

    /// Notes that a holder has one empty session more, or one less.
    void counted(String holder, int change) {
        empty.merge(holder, change, (before, more) -> before + more == 0 ? null : before + more);
    }

    /// Makes room, a sixteenth at a time.
    private void evict(int most) {
        List<UploadSession> gone = sessions.values().stream()
                .filter(UploadSession::evict)
                .limit(Math.max(1, most / 16))
                .toList();
        gone.forEach(session -> sessions.remove(session.row().id(), session));
    }

    /// Makes a session known to other processes, and what it keeps on the disk no orphan.
    void record(UploadTable.Row row) {
        catalog.change(transaction -> transaction.uploads().put(row));
    }

    /// Takes a session over: the request that has it now, if any, is ended before the offset is read. That does not
    /// happen to one of another repository or owner, which is not known here.
    ///
    /// @param owner as given to [#start]
    public Resumption resume(RepositoryName repository, String owner, String id) {
        try {
            UploadSession session = sessions.get(id);
            return session == null || session.isEvicted()
                    ? claim(repository, owner, id)
                    : takeOver(session, repository, owner);
        } catch (IOException e) {
            throw StoreFailure.of("cannot go on with an upload", e);
        }
    }

    private static Resumption takeOver(UploadSession session, RepositoryName repository, String owner)
            throws IOException {
        if (!isOf(session.row(), repository, owner)) {
            return new Resumption.Unknown();
        }
        return session.takeOver().<Resumption>map(Resumption.Resumed::new).orElseGet(Resumption.Unknown::new);
    }

    private static boolean isOf(UploadTable.Row row, RepositoryName repository, String owner) {
        return row.repository().equals(repository) && row.owner().equals(owner);
    }

    private Resumption claim(RepositoryName repository, String owner, String id) throws IOException {
        ReentrantLock claim = claims.computeIfAbsent(id, _ -> new ReentrantLock());
        claim.lock();
        try {
            UploadSession already = sessions.get(id);
            if (already != null && !already.isEvicted()) {
                return takeOver(already, repository, owner);
            }
            Optional<UploadTable.Row> row = catalog.read(
                            transaction -> transaction.uploads().find(id))
                    .filter(found -> isOf(found, repository, owner));
            if (row.isEmpty()) {
                return new Resumption.Unknown();
            }
            Optional<UploadTable.Row> ours = isHeldElsewhere(row.get()) ? Optional.empty() : makeOurs(row.get());
            if (ours.isEmpty()) {
                return new Resumption.HeldElsewhere();
            }
            UploadSession session = new UploadSession(
                    this,
                    ours.get(),
                    reopen(ours.get()),
                    true,
                    owner,
                    ours.get().expires());
            sessions.put(id, session); // in place of one that was let go of, if at all
            return takeOver(session, repository, owner);
        } finally {
            claims.remove(id);
            claim.unlock();
        }
    }

    private boolean isHeldElsewhere(UploadTable.Row row) {
        return row.process()
                .filter(holder -> !process.isThis(holder))
                .filter(process::isAlive)
                .isPresent();
    }

    /// Binds a session to this process.
    ///
    /// @return the row as it is now; empty when another was faster
    private Optional<UploadTable.Row> makeOurs(UploadTable.Row seen) {
        UploadTable.Row ours = renewed(seen, process.id());
        return catalog.write(transaction -> {
            Optional<UploadTable.Row> now = transaction.uploads().find(seen.id());
            boolean free = now.isPresent() && now.get().process().equals(seen.process());
            if (free) {
                transaction.uploads().put(ours);
            }
            return free ? Optional.of(ours) : Optional.empty();
        });
    }

    private UploadTable.Row renewed(UploadTable.Row row, ProcessId self) {
        return new UploadTable.Row(
                row.id(),
                row.repository(),
                row.owner(),
                Optional.of(self),
                row.lifetime(),
                clock.instant().plus(row.lifetime()),
                row.file());
    }

    /// The session's bytes, read once for their digest.
    StagedBytes reopen(UploadTable.Row row) throws IOException {
        return StagedBytes.reopen(files, layout.staging().resolve(row.file()), ALGORITHM);
    }

    /// Postpones the end of an idle session. Seldom: many short requests must not cost a commit each.
    ///
    /// @return the row as it is now
    UploadTable.Row renew(UploadTable.Row row) {
        if (row.expires().isAfter(clock.instant().plus(row.lifetime().dividedBy(2)))) {
            return row;
        }
        UploadTable.Row renewed = renewed(row, process.id());
        catalog.change(transaction -> transaction.uploads().put(renewed));
        return renewed;
    }

    /// Forgets a session that is over.
    void ended(UploadTable.Row row, boolean rowIsGone) {
        sessions.remove(row.id());
        if (!rowIsGone) {
            catalog.change(transaction -> transaction.uploads().delete(row.id()));
        }
    }

    /// Discards sessions that have lain idle for longer than their lifetime. Those of other living processes are
    /// theirs to discard.
    ///
    /// @return how many
    public int discardExpired() {
        Instant now = clock.instant();
        int discarded = 0;
        for (UploadSession session : sessions.values()) {
            discarded += session.endExpired(now) ? 1 : 0;
        }
        for (UploadTable.Row row :
                catalog.read(transaction -> transaction.uploads().expired(now, PAGE))) {
            boolean free = !sessions.containsKey(row.id()) && !isHeldElsewhere(row);
            discarded += free && discard(row) ? 1 : 0;
        }
        return discarded;
    }

    private boolean discard(UploadTable.Row row) {
        boolean deleted = catalog.write(transaction -> transaction
                        .uploads()
                        .find(row.id())
                        .filter(now -> now.equals(row))
                        .isPresent()
                && transaction.uploads().delete(row.id()));
        if (deleted) {
            Path file = layout.staging().resolve(row.file());
            QuietDelete.quietly("file " + file, () -> files.delete(file));
        }
        return deleted;
    }

    /// Ends all requests and lets go of the files; the sessions stay.
    public void close() {
        sessions.values().forEach(UploadSession::releaseAny);
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

    /// Made when the first session starts: commands that have none start faster.
    private static final class Randomness {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}
