package dev.dray.engine.policy;

import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// What a store keeps of layers: rules, of which the first that fits holds, and what holds where none fits.
///
/// Each repository that holds a blob has a wish of its own. The most generous wins: a file that one repository wants is
/// there, and the space that another one would have saved is in use anyway. So a rule can only be relied on for what it
/// gives, never for what it takes away.
public record LayerPolicy(List<PolicyRule> rules, StorageForm usual) {
    public LayerPolicy {
        rules = List.copyOf(rules);
    }

    /// What one repository wishes for a blob of `size` bytes.
    public StorageForm of(RepositoryName repository, long size) {
        return rules.stream()
                .filter(rule -> rule.fits(repository, size))
                .findFirst()
                .map(PolicyRule::keep)
                .orElse(usual);
    }

    /// What holds for a blob of `size` bytes that is in all of `repositories`.
    public StorageForm of(Collection<RepositoryName> repositories, long size) {
        return repositories.stream()
                .map(repository -> of(repository, size))
                .reduce(StorageForm::or)
                .orElse(usual);
    }

    /// The same with one more rule, behind those that are there; of the rules of one pattern the one for larger blobs
    /// comes first, since it would never be reached else. A rule of the same pattern and size is replaced.
    ///
    /// @param first whether it goes before all others
    public LayerPolicy with(PolicyRule rule, boolean first) {
        List<PolicyRule> changed = new ArrayList<>(rules);
        int same = indexOf(old -> old.smallest().equals(rule.smallest()), rule);
        if (same >= 0 && !first) {
            changed.set(same, rule);
            return new LayerPolicy(changed, usual);
        }
        if (same >= 0) {
            changed.remove(same);
        }
        int smaller = indexOf(old -> old.smallest().compareTo(rule.smallest()) < 0, rule);
        changed.add(first ? 0 : smaller >= 0 ? smaller : changed.size(), rule);
        return new LayerPolicy(changed, usual);
    }

    private int indexOf(Predicate<PolicyRule> condition, PolicyRule rule) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).pattern().equals(rule.pattern()) && condition.test(rules.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /// The same without the rules of a pattern.
    public LayerPolicy without(RepositoryPattern pattern) {
        return new LayerPolicy(
                rules.stream().filter(rule -> !rule.pattern().equals(pattern)).toList(), usual);
    }
}
