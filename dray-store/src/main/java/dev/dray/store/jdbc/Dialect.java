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

    /// The highest number that a layer was given so far, 0 when none was.
    long newestLayer(Session session);

    /// Draws the next number of a layer.
    long nextLayer(Session session);

    /// An expression for what follows the first slash of a column; all of it when there is none.
    String behindHost(String column);
}
