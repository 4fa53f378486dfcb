package dev.dray.registry.access;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import dev.dray.model.RepositoryPattern;
import dev.dray.registry.access.AccessRules.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the tree of an access file into rules. Any unknown key or value is an error, since a misspelt rule would
/// otherwise silently not apply.
final class AccessReader {
    private static final Set<String> FILE_KEYS = Set.of("rules", "groups");
    private static final Set<String> RULE_KEYS = Set.of("repositories", "users", "groups", "anyone", "actions");

    private final YamlValue document;

    AccessReader(YamlValue document) {
        this.document = document;
    }

    AccessRules read() {
        Map<String, YamlValue> members = mapping(document, "the file", FILE_KEYS);
        Map<String, Set<String>> groups = groups(members.get("groups"));
        List<Rule> rules = new ArrayList<>();
        switch (members.get("rules")) {
            case null -> throw YamlValue.invalid(document.line(), "\"rules\" is missing");
            case YamlValue.Sequence(List<YamlValue> items, int _) ->
                items.forEach(item -> rules.add(rule(item, groups.keySet())));
            case YamlValue.Scalar(String text, int _) when text.isEmpty() -> {}
            case YamlValue other -> throw YamlValue.invalid(other.line(), "\"rules\" is not a list");
        }
        return new AccessRules(rules, groups);
    }

    private static Map<String, Set<String>> groups(@Nullable YamlValue value) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        switch (value) {
            case null -> {}
            case YamlValue.Mapping(Map<String, YamlValue> members, int _) ->
                members.forEach((name, users) -> groups.put(name, words(users, "group \"%s\"".formatted(name))));
            case YamlValue.Scalar(String text, int _) when text.isEmpty() -> {}
            case YamlValue other ->
                throw YamlValue.invalid(other.line(), "\"groups\" is not a mapping of names to users");
        }
        return groups;
    }

    private static Rule rule(YamlValue value, Set<String> knownGroups) {
        Map<String, YamlValue> members = mapping(value, "a rule", RULE_KEYS);
        List<RepositoryPattern> repositories = new ArrayList<>();
        YamlValue patterns = required(members, "repositories", value);
        words(patterns, "\"repositories\"").forEach(text -> repositories.add(pattern(text, patterns.line())));
        Set<String> users = optionalWords(members, "users");
        Set<String> groups = optionalWords(members, "groups");
        for (String group : groups) {
            if (!knownGroups.contains(group)) {
                throw YamlValue.invalid(
                        value.line(),
                        "there is no group \"%s\"%s"
                                .formatted(Quote.shorten(group), Text.suggestion(group, knownGroups)));
            }
        }
        boolean anyone = truth(members.get("anyone"));
        if (users.isEmpty() && groups.isEmpty() && !anyone) {
            throw YamlValue.invalid(value.line(), "the rule is for nobody: it needs users, groups or \"anyone: true\"");
        }
        return new Rule(repositories, users, groups, anyone, actions(required(members, "actions", value)));
    }

    private static Set<Action> actions(YamlValue value) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String word : words(value, "\"actions\"")) {
            actions.add(Action.named(word)
                    .orElseThrow(() -> YamlValue.invalid(
                            value.line(),
                            "\"%s\" is not an action%s (pull, push, delete)"
                                    .formatted(Quote.shorten(word), Text.suggestion(word, Action.labels())))));
        }
        return actions;
    }

    private static RepositoryPattern pattern(String text, int line) {
        try {
            return RepositoryPattern.parse(text);
        } catch (DrayException e) {
            throw YamlValue.invalid(line, e.getMessage());
        }
    }

    private static Map<String, YamlValue> mapping(YamlValue value, String what, Set<String> known) {
        if (!(value instanceof YamlValue.Mapping(Map<String, YamlValue> members, int line))) {
            throw YamlValue.invalid(value.line(), what + " is not a mapping");
        }
        members.forEach((key, member) -> {
            if (!known.contains(key)) {
                throw YamlValue.invalid(
                        Math.max(line, member.line()),
                        "unknown key \"%s\"%s".formatted(Quote.shorten(key), Text.suggestion(key, known)));
            }
        });
        return members;
    }

    private static YamlValue required(Map<String, YamlValue> members, String key, YamlValue rule) {
        YamlValue value = members.get(key);
        if (value == null) {
            throw YamlValue.invalid(rule.line(), "the rule has no \"%s\"".formatted(key));
        }
        return value;
    }

    private static Set<String> optionalWords(Map<String, YamlValue> members, String key) {
        YamlValue value = members.get(key);
        return value == null ? Set.of() : words(value, "\"%s\"".formatted(key));
    }

    /// A word, or a list of one or more words.
    private static Set<String> words(YamlValue value, String what) {
        Set<String> words = new LinkedHashSet<>();
        switch (value) {
            case YamlValue.Scalar(String text, int _) -> words.add(text);
            case YamlValue.Sequence(List<YamlValue> items, int _) -> {
                for (YamlValue item : items) {
                    if (!(item instanceof YamlValue.Scalar(String text, int _))) {
                        throw YamlValue.invalid(item.line(), what + " is not a list of words");
                    }
                    words.add(text);
                }
            }
            case YamlValue.Mapping(Map<String, YamlValue> _, int line) ->
                throw YamlValue.invalid(line, what + " is not a list of words");
        }
        if (words.isEmpty() || words.contains("")) {
            throw YamlValue.invalid(value.line(), what + " is empty");
        }
        return words;
    }

    private static boolean truth(@Nullable YamlValue value) {
        return switch (value) {
            case null -> false;
            case YamlValue.Scalar(String text, int _) when text.equals("true") -> true;
            case YamlValue.Scalar(String text, int _) when text.equals("false") -> false;
            case YamlValue other -> throw YamlValue.invalid(other.line(), "\"anyone\" is neither true nor false");
        };
    }
}
