package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection with the statements that were prepared on it. Not thread safe; its owner closes.
///
/// Parameters are what the columns hold: `Long`, `Integer`, `String`, `byte[]`, null; digests and instants are
/// turned into theirs. Failures leave as the [dev.dray.model.DrayException] that the [Dialect]
/// gives for them.
public final class Session implements AutoCloseable {
    private static final byte[] BEFORE_ALL = {};

    private final Connection connection;
    private final Dialect dialect;
    private final boolean readOnly;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /// @param readOnly a write is the caller's mistake
    public Session(Connection connection, Dialect dialect, boolean readOnly) {
        this.connection = connection;
        this.dialect = dialect;
        this.readOnly = readOnly;
    }

    /// How a row becomes a value.
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /// @return how many rows changed
    public int update(String sql, @Nullable Object... parameters) {
        try {
            return bind(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        try (ResultSet rows = bind(sql, parameters).executeQuery()) {
            return rows.next() ? Optional.of(mapper.map(new Row(rows))) : Optional.empty();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    public <T> List<T> all(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        try (ResultSet rows = bind(sql, parameters).executeQuery()) {
            List<T> values = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                values.add(mapper.map(row));
            }
            return values;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /// True when the query has a row.
    boolean any(String sql, @Nullable Object... parameters) {
        return first(sql, row -> Boolean.TRUE, parameters).isPresent();
    }

    /// Runs a script of several statements, unprepared.
    public void script(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, column(parameters[i]));
        }
        return statement;
    }

    private static @Nullable Object column(@Nullable Object parameter) {
        return switch (parameter) {
            case Digest digest -> digest.toByteArray();
            case Instant instant -> instant.toEpochMilli();
            case null, default -> parameter;
        };
    }

    /// The parameter of a page in the order of digests: it begins after `last`, or with the first of all.
    static byte[] after(Optional<Digest> last) {
        return last.map(Digest::toByteArray).orElse(BEFORE_ALL);
    }

    /// The driver closes a statement that has failed: it must be prepared again.
    private RuntimeException failure(String sql, SQLException e) {
        PreparedStatement failed = prepared.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException closing) {
            e.addSuppressed(closing);
        }
        return failure(e);
    }

    private RuntimeException failure(SQLException e) {
        return readOnly && dialect.isRefusedWrite(e)
                ? new IllegalStateException("a reading of the catalog tried to write", e)
                : dialect.failure(e);
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /// The row that a query stands at. Columns count from 1.
    public record Row(ResultSet rows) {
        public long number(int column) throws SQLException {
            return rows.getLong(column);
        }

        public String text(int column) throws SQLException {
            return rows.getString(column);
        }

        Optional<String> optionalText(int column) throws SQLException {
            return Optional.ofNullable(rows.getString(column));
        }

        Optional<Long> optionalNumber(int column) throws SQLException {
            long value = rows.getLong(column);
            return rows.wasNull() ? Optional.empty() : Optional.of(value);
        }

        byte[] bytes(int column) throws SQLException {
            return rows.getBytes(column);
        }

        Instant instant(int column) throws SQLException {
            return Instant.ofEpochMilli(rows.getLong(column));
        }

        Digest digest(int column) throws SQLException {
            byte[] hash = rows.getBytes(column);
            return Digest.of(
                    hash.length == Digest.Algorithm.SHA256.bytes() ? Digest.Algorithm.SHA256 : Digest.Algorithm.SHA512,
                    hash);
        }
    }
}
