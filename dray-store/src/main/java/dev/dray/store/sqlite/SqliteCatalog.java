package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.Proofs;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.jdbc.JdbcProofs;
import dev.dray.store.jdbc.JdbcSettings;
import dev.dray.store.jdbc.JdbcTransaction;
import dev.dray.store.jdbc.Session;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/// The catalog in a SQLite database in write-ahead mode. Thread safe; the caller closes.
///
/// Other processes may use the same database at the same time: writers exclude each other with `BEGIN IMMEDIATE`
/// and wait. Nothing else in this JVM may open the file, for closing it would free SQLite's locks.
public final class SqliteCatalog implements Database {
    private final Connections connections;
    private final Readers readers;
    private final GroupCommit writer;
    private final Checkpoints checkpoints;
    private final Function<Session, Transaction> transactions;

    private SqliteCatalog(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.transactions = session -> new JdbcTransaction(session, clock);
        this.readers = new Readers(connections, Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.checkpoints = new Checkpoints(connections);
        this.writer = new GroupCommit(connections, transactions, checkpoints::committed);
    }

    /// Opens the database in `file`, which exists and may be empty, and brings it to the newest format.
    ///
    /// @param settings what a new catalog begins with; none when there must be one already
    /// @throws DrayException of kind UNSUPPORTED when it has a newer format, CONFLICT when it is the
    ///     database of another program
    public static SqliteCatalog open(Path file, Map<String, String> settings, InstantSource clock) {
        return open(file, settings, clock, Schema.bundled());
    }

    static SqliteCatalog open(Path file, Map<String, String> settings, InstantSource clock, Schema schema) {
        Connections connections = new Connections(file);
        SqliteCatalog catalog = new SqliteCatalog(connections, clock);
        try {
            int format = catalog.readers.untransacted(schema::read);
            if (format == 0 && settings.isEmpty()) {
                throw new DrayException(DrayException.Kind.NOT_FOUND, "\"" + file + "\" holds no catalog yet");
            }
            if (format < schema.format()) {
                try (Session session = connections.writing()) {
                    schema.migrate(session, () -> settings.forEach(new JdbcSettings(session)::put));
                }
            }
            return catalog;
        } catch (RuntimeException | Error e) {
            catalog.close();
            throw e;
        }
    }

    @Override
    public <T> T read(Reading<T> reading) {
        if (writer.isCurrentThread()) {
            throw new IllegalStateException("a change of the catalog called the catalog again");
        }
        return readers.read(session -> reading.read(transactions.apply(session)));
    }

    @Override
    public <T> T write(Writing<T> writing) {
        return writer.write(writing);
    }

    @Override
    public Proofs proofs(Transaction transaction) {
        return new JdbcProofs(((JdbcTransaction) transaction).session());
    }

    @Override
    public void copyTo(Path file) {
        try (Session session = connections.writing()) {
            session.update("VACUUM INTO ?", file.toString());
        }
        try (Session copy = new Connections(file).writing()) {
            copy.script("PRAGMA journal_mode=WAL");
            copy.script("BEGIN IMMEDIATE; DELETE FROM upload; DELETE FROM process; COMMIT");
            copy.script("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// Commits of this catalog so far, for tests that changes share them.
    long commits() {
        return writer.commits();
    }

    /// Changes that wait for their turn.
    int waiting() {
        return writer.waiting();
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        readers.close();
    }
}
