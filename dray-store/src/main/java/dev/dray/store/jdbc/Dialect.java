package dev.dray.store.jdbc;

import java.sql.SQLException;
import java.util.List;

/// What one database says in words of its own.
public interface Dialect {
    /// Translates the failure of a statement: into a [dev.dray.model.DrayException] as
    /// [dev.dray.store.catalog.Catalog] promises, or an `IllegalStateException` when the statement is wrong.
    RuntimeException failure(SQLException e);

    /// True when a connection that only reads refused to write.
    boolean isRefusedWrite(SQLException e);

    /// What the database finds wrong with itself, as [dev.dray.store.catalog.Inspection#damage] tells it.
    List<String> damage(Session session);

    /// The highest number that a row of the table was given so far, 0 when none was.
    long newest(Session session, String table);

    /// Draws the next number of a row of the table.
    long draw(Session session, String table);

    /// An expression for what follows the first slash of a column; all of it when there is none.
    String behindHost(String column);
}
