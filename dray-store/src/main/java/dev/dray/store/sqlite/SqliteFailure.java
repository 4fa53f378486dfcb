package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The one table from SQLite's result codes (sqlite.org/rescode.html) to kinds of failure.
final class SqliteFailure {
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {}

    static RuntimeException of(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_FULL.code || isLackOfSpace(e)) {
            return new DrayException(Kind.OUT_OF_SPACE, "no space left for the catalog of the store", e)
                    .advising("free some space on the disk of the store and try again");
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new DrayException(Kind.UNAVAILABLE, "another process keeps the catalog of the store locked", e)
                    .advising("try again when it is done");
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new DrayException(Kind.CORRUPT, "the catalog of the store is damaged: " + e.getMessage(), e)
                    .advising("restore store.db from a backup");
        }
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_ERROR.code
                || code == SQLiteErrorCode.SQLITE_MISUSE.code) {
            return new IllegalStateException("a statement of the catalog is wrong: " + e.getMessage(), e);
        }
        return new DrayException(Kind.UNAVAILABLE, "cannot use the catalog of the store: " + e.getMessage(), e);
    }

    /// What it cannot make room for beside the log it reports as a failure of the disk.
    private static boolean isLackOfSpace(SQLException e) {
        return e instanceof SQLiteException failure && failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    static boolean isReadOnly(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == SQLiteErrorCode.SQLITE_READONLY.code;
    }
}
