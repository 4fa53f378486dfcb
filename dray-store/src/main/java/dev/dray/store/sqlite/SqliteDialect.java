package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.jdbc.Dialect;
import dev.dray.store.jdbc.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite says in words of its own: its result codes (sqlite.org/rescode.html), its checks of itself
/// (sqlite.org/pragma.html, `quick_check`, `foreign_key_check`), the numbers that it has given
/// (sqlite.org/autoinc.html).
final class SqliteDialect implements Dialect {
    private static final int PRIMARY = 0xff;

    @Override
    public RuntimeException failure(SQLException e) {
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

    @Override
    public boolean isRefusedWrite(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == SQLiteErrorCode.SQLITE_READONLY.code;
    }

    @Override
    public List<String> damage(Session session) {
        List<String> damage = new ArrayList<>(session.all("PRAGMA quick_check", row -> row.text(1)));
        damage.remove("ok");
        damage.addAll(session.all(
                "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check"
                        + " WHERE \"table\" <> 'link' GROUP BY 1, 2",
                row -> "%d rows of %s name a %s that is not there".formatted(row.number(3), row.text(1), row.text(2))));
        return damage;
    }

    @Override
    public long newest(Session session, String table) {
        return session.first("SELECT seq FROM sqlite_sequence WHERE name = ?", row -> row.number(1), table)
                .orElse(0L);
    }

    @Override
    public long draw(Session session, String table) {
        session.update("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = ?", table);
        return newest(session, table);
    }

    @Override
    public String behindHost(String column) {
        return "substr(%1$s, instr(%1$s, '/') + 1)".formatted(column);
    }
}
