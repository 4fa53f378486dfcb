package dev.dray.cli.command;

import dev.dray.cli.output.Terminal;
import dev.dray.client.ClientOptions;
import dev.dray.client.credentials.LoginStore;
import dev.dray.client.memory.HostMemory;
import dev.dray.model.DrayException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The environment of a command: the terminal, the environment variables, and the user's folders.
public record CommandContext(Terminal terminal, Map<String, String> environment) {
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// The folder of this user's own data for Dray.
    public Path dataFolder() {
        return variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> variable("HOME")
                        .map(Path::of)
                        .orElseThrow(() -> new DrayException(
                                        DrayException.Kind.INVALID, "neither HOME nor XDG_DATA_HOME is set")
                                .advising("name the store's folder with --store"))
                        .resolve(".local/share"))
                .resolve("dray");
    }

    /// What earlier commands of this user learnt of registries.
    public HostMemory hostMemory() {
        boolean homeless =
                variable("HOME").isEmpty() && variable("XDG_DATA_HOME").isEmpty();
        return homeless ? HostMemory.inMemory() : HostMemory.inFile(dataFolder().resolve("registries.json"));
    }

    /// How registries are spoken to on behalf of this user.
    public ClientOptions.Builder clientOptions() {
        return ClientOptions.builder()
                .environment(environment)
                .credentials(LoginStore.of(environment))
                .memory(hostMemory())
                .userAgent("dray/" + Version.text());
    }
}
