package dev.dray.store.sqlite;

import dev.dray.model.ByteSize;
import dev.dray.store.catalog.Policies;
import java.util.List;

/// Rules in the table `policy`.
record SqlitePolicies(Session session) implements Policies {
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
}
