package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Provenance;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Provenance in the table `seen`, its repositories in `place`.
record JdbcProvenance(Session session) implements Provenance {
    @Override
    public void seen(Collection<Digest> digests, String host, RepositoryName repository, Instant now) {
        long place = session.first(
                        "INSERT INTO place (host, repository) VALUES (?, ?)"
                                + " ON CONFLICT (host, repository) DO UPDATE SET host = excluded.host RETURNING id",
                        row -> row.number(1),
                        host,
                        repository.value())
                .orElseThrow();
        for (Digest digest : digests) {
            session.update(
                    "INSERT INTO seen (digest, place, last) VALUES (?, ?, ?)"
                            + " ON CONFLICT (digest, place) DO UPDATE SET last = excluded.last",
                    digest,
                    place,
                    now);
        }
    }

    @Override
    public List<RepositoryName> sources(Digest digest, String host) {
        return session.all(
                "SELECT p.repository FROM seen s JOIN place p ON p.id = s.place WHERE s.digest = ? AND p.host = ?"
                        + " ORDER BY s.last DESC, p.repository",
                row -> new RepositoryName(row.text(1)),
                digest,
                host);
    }

    @Override
    public List<Place> places(Digest digest) {
        return session.all(
                "SELECT p.host, p.repository FROM seen s JOIN place p ON p.id = s.place WHERE s.digest = ?"
                        + " ORDER BY s.last DESC, p.host, p.repository",
                row -> new Place(row.text(1), new RepositoryName(row.text(2))),
                digest);
    }

    @Override
    public boolean anywhere(Digest digest) {
        return session.any("SELECT 1 FROM seen WHERE digest = ?", digest);
    }

    @Override
    public void forget(Digest digest, String host, RepositoryName repository) {
        session.update(
                "DELETE FROM seen WHERE digest = ? AND place ="
                        + " (SELECT id FROM place WHERE host = ? AND repository = ?)",
                digest,
                host,
                repository.value());
    }
}
