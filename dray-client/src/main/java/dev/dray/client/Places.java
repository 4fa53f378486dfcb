package dev.dray.client;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Where a repository is read: in the mirrors that the user named, one after the other, and in its registry at last.
///
/// What a mirror says is checked by digest as anything else; only what a tag points to is the mirror's word. A mirror
/// that does not answer, or has given wrong bytes, is not asked again. Thread safe.
final class Places {
    private final List<RegistryHost> mirrors;
    private final RegistryHost registry;
    private final Set<RegistryHost> dropped = ConcurrentHashMap.newKeySet();

    Places(List<RegistryHost> mirrors, RegistryHost registry) {
        this.mirrors = List.copyOf(mirrors);
        this.registry = registry;
    }

    /// Something that one place is asked for.
    @FunctionalInterface
    interface Question<T> {
        T ask(RegistryHost host) throws IOException;
    }

    /// The registry itself.
    RegistryHost registry() {
        return registry;
    }

    /// Where the next question goes first.
    RegistryHost first() {
        return mirrors.stream()
                .filter(mirror -> !dropped.contains(mirror))
                .findFirst()
                .orElse(registry);
    }

    /// Asks this mirror no more.
    void drop(RegistryHost mirror) {
        dropped.add(mirror);
    }

    /// The first answer that a place has.
    ///
    /// @throws DrayException of the registry's kind, when no place has one; what the mirrors said is in its message
    <T> T ask(Question<T> question) throws IOException {
        List<DrayException> refusals = new ArrayList<>();
        for (RegistryHost mirror : mirrors) {
            if (dropped.contains(mirror)) {
                continue;
            }
            try {
                return question.ask(mirror);
            } catch (DrayException e) {
                if (e.kind() == DrayException.Kind.CANCELLED) {
                    throw e;
                }
                if (e.kind() == DrayException.Kind.UNAVAILABLE) {
                    drop(mirror);
                }
                refusals.add(e);
            }
        }
        try {
            return question.ask(registry);
        } catch (DrayException e) {
            throw refusals.isEmpty() ? e : everywhere(e, refusals);
        }
    }

    private static DrayException everywhere(DrayException last, List<DrayException> refusals) {
        String mirrors = refusals.stream().map(DrayException::getMessage).collect(Collectors.joining("; "));
        DrayException failure =
                new DrayException(last.kind(), "%s; by mirror: %s".formatted(last.getMessage(), mirrors), last);
        refusals.forEach(failure::addSuppressed);
        return last.advice().map(failure::advising).orElse(failure);
    }
}
