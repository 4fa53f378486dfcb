package dev.dray.engine.policy;

import dev.dray.model.RepositoryPattern;
import dev.dray.store.Store;
import dev.dray.store.catalog.Policies;
import dev.dray.store.catalog.Transaction;
import java.util.function.UnaryOperator;

/// Reads and changes the policy in the store. Thread safe.
public record StoredPolicy(Store store) {
    public LayerPolicy read() {
        return store.catalog().read(this::read);
    }

    private LayerPolicy read(Transaction transaction) {
        return new LayerPolicy(
                transaction.policies().list().stream().map(StoredPolicy::rule).toList(),
                StorageForm.usual(store.kind()));
    }

    private static PolicyRule rule(Policies.Rule stored) {
        return new PolicyRule(
                new RepositoryPattern(stored.pattern()), stored.smallest(), StorageForm.parse(stored.keep()));
    }

    /// Changes the rules in one transaction. Stored layers stay as they are.
    ///
    /// @return the policy from now on
    public LayerPolicy change(UnaryOperator<LayerPolicy> change) {
        return store.catalog().write(transaction -> {
            LayerPolicy changed = change.apply(read(transaction));
            transaction
                    .policies()
                    .set(changed.rules().stream()
                            .map(rule -> new Policies.Rule(
                                    rule.pattern().text(),
                                    rule.smallest(),
                                    rule.form().label()))
                            .toList());
            return changed;
        });
    }
}
