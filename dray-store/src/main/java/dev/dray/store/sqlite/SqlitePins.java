package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Pins;
import java.util.List;

/// Pins in the table `pin`.
record SqlitePins(Session session) implements Pins {
    @Override
    public boolean contains(Digest manifest) {
        return session.any("SELECT 1 FROM pin WHERE digest = ?", manifest);
    }

    @Override
    public boolean add(Digest manifest) {
        return session.update("INSERT INTO pin (digest) VALUES (?) ON CONFLICT DO NOTHING", manifest) > 0;
    }

    @Override
    public boolean remove(Digest manifest) {
        return session.update("DELETE FROM pin WHERE digest = ?", manifest) > 0;
    }

    @Override
    public List<Digest> list() {
        return session.all("SELECT digest FROM pin ORDER BY digest", row -> row.digest(1));
    }

    @Override
    public boolean hold(Digest blob) {
        return session.any(
                "SELECT 1 FROM reference r JOIN manifest m ON m.id = r.manifest JOIN pin p ON p.digest = m.digest"
                        + " WHERE r.digest = ? AND r.child = 0",
                blob);
    }
}
