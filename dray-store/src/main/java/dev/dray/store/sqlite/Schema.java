package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.jdbc.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The tables of the catalog, by format: script `n` takes a database of format `n - 1` to format `n`.
///
/// The format number is SQLite's `user_version`, which can be read whatever the tables look like. The scripts that
/// are missing run in one transaction, so a database has a format or the one before, and never half of one.
record Schema(List<String> scripts) {
    /// `application_id` of a Dray store: "Dray".
    private static final long APPLICATION = 0x44726179L;

    /// The newest format that this program knows.
    static final int FORMAT = 2;

    static Schema bundled() {
        List<String> scripts = new ArrayList<>();
        for (int format = 1; format <= FORMAT; format++) {
            scripts.add(resource("format-" + format + ".sql"));
        }
        return new Schema(List.copyOf(scripts));
    }

    int format() {
        return scripts.size();
    }

    /// The format of the database, 0 when it has no tables yet.
    ///
    /// @throws DrayException of kind UNSUPPORTED when it is newer than this program, CONFLICT when it is none of
    ///     ours
    int read(Session session) {
        int format = (int) pragma(session, "user_version");
        if (format > 0 && pragma(session, "application_id") != APPLICATION) {
            throw new DrayException(Kind.CONFLICT, "store.db is the database of some other program");
        }
        if (format > format()) {
            throw new DrayException(
                            Kind.UNSUPPORTED,
                            "the store has format %d, and this version of dray knows formats up to %d"
                                    .formatted(format, format()))
                    .advising("use the version of dray that wrote it, or a newer one");
        }
        return format;
    }

    /// Brings the database to the newest format; `first` fills in what a new one holds.
    void migrate(Session session, Runnable first) {
        session.script("PRAGMA journal_mode=WAL");
        session.script("BEGIN IMMEDIATE");
        try {
            int format = read(session);
            for (String script : scripts.subList(format, format())) {
                session.script(script);
            }
            if (format == 0) {
                first.run();
                session.script("PRAGMA application_id=" + APPLICATION);
            }
            session.script("PRAGMA user_version=" + format());
            session.script("COMMIT");
        } catch (RuntimeException e) {
            session.script("ROLLBACK");
            throw e;
        }
    }

    private static long pragma(Session session, String name) {
        return session.first("PRAGMA " + name, row -> row.number(1)).orElse(0L);
    }

    private static String resource(String name) {
        try (InputStream stream = Schema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
