package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.store.catalog.Tags;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Tags in the table `tag`, whose binary collation is ASCII order.
record JdbcTags(Session session, RepositoryKey repository, InstantSource clock) implements Tags {
    @Override
    public Optional<Digest> find(Tag tag) {
        return session.first(
                "SELECT digest FROM tag WHERE repository = ? AND name = ?",
                row -> row.digest(1),
                repository.find(),
                tag.value());
    }

    @Override
    public Optional<Digest> set(Tag tag, Digest manifest) {
        if (!session.any("SELECT 1 FROM manifest WHERE repository = ? AND digest = ?", repository.find(), manifest)) {
            throw new DrayException(
                            DrayException.Kind.NOT_FOUND,
                            "no manifest %s in repository %s".formatted(manifest, repository.name()))
                    .about(manifest);
        }
        Optional<Digest> before = find(tag);
        if (!before.equals(Optional.of(manifest))) {
            session.update(
                    "INSERT INTO tag (repository, name, digest) VALUES (?, ?, ?)"
                            + " ON CONFLICT (repository, name) DO UPDATE SET digest = excluded.digest",
                    repository.find(),
                    tag.value(),
                    manifest);
            before.ifPresent(this::nameLost);
        }
        return before;
    }

    @Override
    public boolean delete(Tag tag) {
        Optional<Digest> before = find(tag);
        session.update("DELETE FROM tag WHERE repository = ? AND name = ?", repository.find(), tag.value());
        before.ifPresent(this::nameLost);
        return before.isPresent();
    }

    /// Who found the manifest by its tag a moment ago has as long to read it as who has just put it.
    private void nameLost(Digest manifest) {
        session.update(
                "UPDATE manifest SET stored = ? WHERE repository = ? AND digest = ?",
                clock.instant(),
                repository.find(),
                manifest);
    }

    @Override
    public List<Entry> list(Optional<Tag> last, int limit) {
        return session.all(
                "SELECT name, digest FROM tag WHERE repository = ? AND name > ? ORDER BY name LIMIT ?",
                row -> new Entry(new Tag(row.text(1)), row.digest(2)),
                repository.find(),
                last.map(Tag::value).orElse(""),
                limit);
    }

    @Override
    public List<Tag> of(Digest manifest) {
        return session.all(
                "SELECT name FROM tag WHERE repository = ? AND digest = ? ORDER BY name",
                row -> new Tag(row.text(1)),
                repository.find(),
                manifest);
    }
}
