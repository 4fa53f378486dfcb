package dev.dray.client.credentials;

import dev.dray.model.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The logins of this user, shared with docker and podman: read for requests, written by login and logout.
///
/// Reads Docker's `config.json` (`DOCKER_CONFIG`, otherwise `~/.docker`) with `credHelpers`, `credsStore` and `auths`,
/// then podman's `auth.json`. Writes Docker's, through the helper if one is configured. Thread safe; queries files and
/// helpers when a host needs credentials, and caches the answer as long as this object lives.
public final class LoginStore implements CredentialSource {
    private static final Duration HELPER_TIMEOUT = Duration.ofMinutes(1);

    private final AuthFile docker;
    private final List<AuthFile> podman;
    private final Map<String, String> environment;
    private final Duration helperTimeout;
    private final Map<String, Optional<Credentials>> answers = new ConcurrentHashMap<>();

    private LoginStore(Map<String, String> environment, Duration helperTimeout) {
        this.docker = AuthFile.docker(environment);
        this.podman = AuthFile.podman(environment);
        this.environment = Map.copyOf(environment);
        this.helperTimeout = helperTimeout;
    }

    /// @param environment source of `DOCKER_CONFIG`, `REGISTRY_AUTH_FILE`, `XDG_RUNTIME_DIR`, `HOME` and `PATH`
    public static LoginStore of(Map<String, String> environment) {
        return new LoginStore(environment, HELPER_TIMEOUT);
    }

    /// @param helperTimeout longest run of a helper program
    static LoginStore of(Map<String, String> environment, Duration helperTimeout) {
        return new LoginStore(environment, helperTimeout);
    }

    @Override
    public Optional<Credentials> find(String host) {
        return answers.computeIfAbsent(host, this::look);
    }

    private Optional<Credentials> look(String host) {
        List<AuthFile> files = new ArrayList<>();
        files.add(docker);
        files.addAll(podman);
        for (AuthFile file : files) {
            Optional<Credentials> found = file.helper(host)
                    .flatMap(name -> helper(name).get(AuthFile.key(host)))
                    .or(() -> file.find(host));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// Stores `credentials` for `host` as `docker login` does. Replaces the file atomically, readable by its owner
    /// only, and keeps unknown members.
    ///
    /// @return where they are stored, for the user: a file, or the name of a helper
    public String store(String host, Credentials credentials) {
        answers.remove(host);
        Optional<String> name = docker.helper(host);
        if (name.isPresent()) {
            helper(name.get()).store(AuthFile.key(host), credentials);
            docker.put(host, JsonValue.object().build());
            return "docker-credential-" + name.get();
        }
        docker.put(host, AuthFile.entry(credentials));
        return docker.path().toString();
    }

    /// Removes the credentials of `host`.
    ///
    /// @return false when there were none
    public boolean erase(String host) {
        answers.remove(host);
        Optional<CredentialProgram> helper = docker.helper(host).map(this::helper);
        boolean known =
                helper.flatMap(program -> program.get(AuthFile.key(host))).isPresent();
        if (known) {
            helper.get().erase(AuthFile.key(host));
        }
        boolean removed = docker.remove(host);
        return known || removed;
    }

    private CredentialProgram helper(String name) {
        return new CredentialProgram(name, environment, helperTimeout);
    }
}
