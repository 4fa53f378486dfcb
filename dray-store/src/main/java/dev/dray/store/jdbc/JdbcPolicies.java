package dev.dray.store.jdbc;

import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.store.catalog.Policies;
import java.util.List;

/// Rules in the table `policy`, pinned manifests in `pin`.
record JdbcPolicies(Session session) implements Policies {
    @Override
    public List<Rule> list() {
        return session.all(
                "SELECT pattern, smallest, keep FROM policy ORDER BY position",
                row -> new Rule(row.text(1), ByteSize.ofBytes(row.number(2)), row.text(3)));
    }

    @Override
    public void set(List<Rule> rules) {
        session.update("DELETE FROM policy");
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            session.update(
                    "INSERT INTO policy (position, pattern, smallest, keep) VALUES (?, ?, ?, ?)",
                    i,
                    rule.pattern(),
                    rule.smallest().bytes(),
                    rule.keep());
        }
    }

    @Override
    public boolean isPinned(Digest manifest) {
        return session.any("SELECT 1 FROM pin WHERE digest = ?", manifest);
    }

    @Override
    public boolean pin(Digest manifest) {
        return session.update("INSERT INTO pin (digest) VALUES (?) ON CONFLICT DO NOTHING", manifest) > 0;
    }

    @Override
    public boolean unpin(Digest manifest) {
        return session.update("DELETE FROM pin WHERE digest = ?", manifest) > 0;
    }

    @Override
    public List<Digest> pinned() {
        return session.all("SELECT digest FROM pin ORDER BY digest", row -> row.digest(1));
    }

    @Override
    public boolean pinHolds(Digest blob) {
        return session.any(
                "SELECT 1 FROM reference r JOIN manifest m ON m.id = r.manifest JOIN pin p ON p.digest = m.digest"
                        + " WHERE r.digest = ? AND r.child = 0",
                blob);
    }
}
