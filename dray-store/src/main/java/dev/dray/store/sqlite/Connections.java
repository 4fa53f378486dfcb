package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.jdbc.Dialect;
import dev.dray.store.jdbc.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/// Opens connections to one database file.
///
/// `synchronous=FULL` makes each commit durable in the write-ahead log before it returns. Automatic checkpoints are
/// off: they would run inside some caller's commit. See [Checkpoints].
record Connections(Path file) {
    private static final Dialect DIALECT = new SqliteDialect();

    /// How long a writer waits for another process.
    private static final Duration BUSY = Duration.ofSeconds(30);

    Connections {
        if (file.toString().indexOf('?') >= 0) {
            throw new DrayException(Kind.INVALID, "the path of a store cannot have a '?' in it: \"" + file + "\"");
        }
    }

    Session writing() {
        return open("PRAGMA wal_autocheckpoint=0", false);
    }

    /// A connection on which every write fails.
    Session reading() {
        return open("PRAGMA query_only=ON", true);
    }

    private Session open(String pragma, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY.toMillis());
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        try {
            Session session = new Session(config.createConnection("jdbc:sqlite:" + file), DIALECT, readOnly);
            session.script(pragma);
            return session;
        } catch (SQLException e) {
            throw DIALECT.failure(e);
        }
    }
}
