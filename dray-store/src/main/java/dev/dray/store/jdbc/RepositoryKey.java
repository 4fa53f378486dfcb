package dev.dray.store.jdbc;

import dev.dray.model.RepositoryName;

/// The number under which a repository's rows are found, looked up when it is needed. Confined to one transaction.
final class RepositoryKey {
    private static final long ABSENT = -1;

    private final Session session;
    private final RepositoryName name;
    private long known = ABSENT;

    RepositoryKey(Session session, RepositoryName name) {
        this.session = session;
        this.name = name;
    }

    /// For reading; a number that no row has when there is no such repository.
    long find() {
        if (known == ABSENT) {
            known = session.first("SELECT id FROM repository WHERE name = ?", row -> row.number(1), name.value())
                    .orElse(ABSENT);
        }
        return known;
    }

    /// For writing; makes the repository when it is absent.
    long make() {
        if (find() == ABSENT) {
            session.update("INSERT INTO repository (name) VALUES (?)", name.value());
        }
        return find();
    }

    RepositoryName name() {
        return name;
    }
}
