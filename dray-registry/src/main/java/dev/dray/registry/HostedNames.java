package dev.dray.registry;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Resolves the path a client sends, and the host if it names one, to a repository of an engine's store, whose names
/// begin with a host.
///
/// Considers only repositories the caller may pull, so resolution leaks nothing. If none matches, returns the path
/// unchanged; the lookup then fails as for any missing repository.
record HostedNames(Store store, Rights rights) {
    private static final RepositoryName LIBRARY = RepositoryName.parse("library");

    /// @param host the host named by the client, as in containerd's `ns`
    /// @throws RegistryException of kind INVALID when `host` is not a host, NOT_FOUND when the client names no host
    ///     and several hosts have the path
    RepositoryName find(Caller caller, RepositoryName path, Optional<String> host) {
        return host.isPresent() ? ofHost(caller, path, host.get()) : ofAnyHost(caller, path);
    }

    /// Accepts a path that already begins with the host: clients whose mirror address includes the host send that.
    private RepositoryName ofHost(Caller caller, RepositoryName path, String host) {
        String known = hostOf(host);
        boolean twice = path.value().startsWith(known + "/");
        Optional<RepositoryName> named =
                RepositoryName.isValid(path.value()) ? Optional.of(behind(known, path)) : Optional.empty();
        return named.filter(name -> !twice || isThere(caller, name))
                .or(() -> twice ? Optional.of(complete(path)) : Optional.empty())
                .orElseThrow(() -> RegistryException.noRepository(path));
    }

    private RepositoryName ofAnyHost(Caller caller, RepositoryName path) {
        RepositoryName full = complete(path);
        if (isThere(caller, full)) {
            return full;
        }
        List<RepositoryName> candidates = new ArrayList<>(store.repository(path).behindHosts());
        if (isShort(path)) {
            candidates.add(behind(Reference.DOCKER_HUB, path));
        }
        candidates.removeIf(name -> !isThere(caller, name));
        if (candidates.size() > 1) {
            throw new RegistryException(
                    DrayException.Kind.NOT_FOUND,
                    ErrorTopic.REPOSITORY,
                    "%d hosts have \"%s\": name one with the parameter ns, or before the path"
                            .formatted(candidates.size(), path));
        }
        return candidates.isEmpty() ? path : candidates.getFirst();
    }

    /// True when the repository holds images that the caller may pull; a repository without images counts as
    /// absent.
    private boolean isThere(Caller caller, RepositoryName name) {
        boolean filled = store.repository(name).hasManifests();
        return rights.mayPull(caller, name) && filled;
    }

    private static RepositoryName behind(String host, RepositoryName path) {
        return host.equals(Reference.DOCKER_HUB) && isShort(path)
                ? path.withHost(LIBRARY.value()).withHost(host)
                : path.withHost(host);
    }

    private static String hostOf(String text) {
        try {
            return new Reference(text, LIBRARY, Optional.empty(), Optional.empty()).host();
        } catch (DrayException e) {
            throw RegistryException.of(ErrorTopic.REPOSITORY, e);
        }
    }

    /// The full name, with the `library/` that users omit.
    private static RepositoryName complete(RepositoryName path) {
        String hub = Reference.DOCKER_HUB + "/";
        String rest = path.value().startsWith(hub) ? path.value().substring(hub.length()) : "";
        return RepositoryName.isValid(rest) && rest.indexOf('/') < 0
                ? behind(Reference.DOCKER_HUB, RepositoryName.parse(rest))
                : path;
    }

    private static boolean isShort(RepositoryName path) {
        return path.value().indexOf('/') < 0;
    }
}
