package dev.dray.client;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The hosts that a repository is read from: the mirrors that the user named, in order, then the registry itself.
///
/// Replies of a mirror are verified by digest like all others; only for the target of a tag is the mirror trusted. A
/// mirror that does not answer, or has sent wrong bytes, is not used again. Thread safe.
final class Mirrors {
    private final List<RegistryHost> mirrors;
    private final RegistryHost registry;
    private final Set<RegistryHost> dropped = ConcurrentHashMap.newKeySet();

    Mirrors(List<RegistryHost> mirrors, RegistryHost registry) {
        this.mirrors = List.copyOf(mirrors);
        this.registry = registry;
    }

    /// A request that any of the hosts can answer.
    @FunctionalInterface
    interface Question<T> {
        T ask(RegistryHost host) throws IOException;
    }

    /// The registry itself.
    RegistryHost registry() {
        return registry;
    }

    /// The host that the next request goes to first.
    RegistryHost first() {
        return mirrors.stream()
                .filter(mirror -> !dropped.contains(mirror))
                .findFirst()
                .orElse(registry);
    }

    /// Stops using this mirror.
    void drop(RegistryHost mirror) {
        dropped.add(mirror);
    }

    /// The reply of the first host that has one.
    ///
    /// @throws DrayException of the registry's kind, when no host has one; its message includes the failures of the
    ///     mirrors
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
