package dev.dray.engine.keep;

import dev.dray.model.RepositoryPattern;
import dev.dray.store.Store;
import dev.dray.store.catalog.Policies;
import dev.dray.store.catalog.Transaction;
import java.util.function.UnaryOperator;

/// The policy as the store remembers it. Thread safe.
public record StoredPolicy(Store store) {
    public KeepPolicy read() {
        return store.catalog().read(this::read);
    }

    private KeepPolicy read(Transaction transaction) {
        return new KeepPolicy(
                transaction.policies().list().stream().map(StoredPolicy::rule).toList(), Keep.usual(store.kind()));
    }

    private static KeepRule rule(Policies.Rule stored) {
        return new KeepRule(new RepositoryPattern(stored.pattern()), stored.smallest(), Keep.parse(stored.keep()));
    }

    /// Changes the rules in one transaction. What is kept already is not touched.
    ///
    /// @return the policy from now on
    public KeepPolicy change(UnaryOperator<KeepPolicy> change) {
        return store.catalog().write(transaction -> {
            KeepPolicy changed = change.apply(read(transaction));
            transaction
                    .policies()
                    .set(changed.rules().stream()
                            .map(rule -> new Policies.Rule(
                                    rule.pattern().text(),
                                    rule.smallest(),
                                    rule.keep().label()))
                            .toList());
            return changed;
        });
    }
}
