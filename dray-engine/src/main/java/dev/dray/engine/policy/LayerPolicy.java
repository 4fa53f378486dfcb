package dev.dray.engine.policy;

import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// The storage policy: an ordered list of rules, of which the first that fits applies, and a default.
///
/// A blob may be in many repositories, for which different rules apply. The most generous one wins: a file that
/// one repository requires is there, and the space that another rule would save is in use anyway. So a rule
/// guarantees the file that it asks for, and never that there is none.
///
/// @param usual the form where no rule fits
public record LayerPolicy(List<PolicyRule> rules, StorageForm usual) {
    public LayerPolicy {
        rules = List.copyOf(rules);
    }

    /// The form for a blob of `size` bytes in one repository.
    public StorageForm of(RepositoryName repository, long size) {
        return rules.stream()
                .filter(rule -> rule.fits(repository, size))
                .findFirst()
                .map(PolicyRule::form)
                .orElse(usual);
    }

    /// The form for a blob of `size` bytes that is in all of `repositories`.
    public StorageForm of(Collection<RepositoryName> repositories, long size) {
        return repositories.stream()
                .map(repository -> of(repository, size))
                .reduce(StorageForm::or)
                .orElse(usual);
    }

    /// The same with one more rule, behind those that are there; of the rules of one pattern the one for larger
    /// blobs comes first, since it would never be reached else. A rule of the same pattern and size is replaced.
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
