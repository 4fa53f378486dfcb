package dev.dray.registry.access;

import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Access by rules that only allow: an action is allowed if and only if some rule allows it.
///
/// @param groups the users of each group, by its name
public record AccessRules(List<Rule> rules, Map<String, Set<String>> groups) implements Access {

    /// Allows some callers some actions in some repositories.
    ///
    /// @param anyone true when the rule applies to everybody, anonymous callers included
    public record Rule(
            List<RepositoryPattern> repositories,
            Set<String> users,
            Set<String> groups,
            boolean anyone,
            Set<Action> actions) {
        public Rule {
            repositories = List.copyOf(repositories);
            users = Set.copyOf(users);
            groups = Set.copyOf(groups);
            actions = Set.copyOf(actions);
        }
    }

    public AccessRules {
        rules = List.copyOf(rules);
        groups = groups.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /// Parses an access file.
    ///
    /// @throws dev.dray.model.DrayException of kind INVALID, naming the line
    public static AccessRules parse(String yaml) {
        return new AccessReader(YamlValue.parse(yaml)).read();
    }

    @Override
    public boolean may(Caller caller, RepositoryName repository, Action action) {
        return rules.stream()
                .anyMatch(rule -> rule.actions().contains(action)
                        && concerns(rule, caller)
                        && rule.repositories().stream().anyMatch(pattern -> pattern.matches(repository)));
    }

    private boolean concerns(Rule rule, Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> rule.anyone();
            case Caller.User user ->
                rule.anyone()
                        || rule.users().contains(user.name())
                        || rule.groups().stream().anyMatch(group -> isMember(user, group));
        };
    }

    private boolean isMember(Caller.User user, String group) {
        return user.groups().contains(group)
                || groups.getOrDefault(group, Set.of()).contains(user.name());
    }

    @Override
    public boolean admitsAnonymous() {
        return rules.stream().anyMatch(Rule::anyone);
    }
}
