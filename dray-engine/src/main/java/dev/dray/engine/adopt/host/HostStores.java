package dev.dray.engine.adopt.host;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the stores of engines on a host: in the usual folders, and in those that their settings name.
///
/// @param environment of the user, for the folders of rootless engines
public record HostStores(Map<String, String> environment) {
    private static final Path DOCKER = Path.of("/var/lib/docker");
    private static final Path DOCKER_SETTINGS = Path.of("/etc/docker/daemon.json");
    private static final Path CONTAINERS = Path.of("/var/lib/containers/storage");
    private static final Path CONTAINERS_SETTINGS = Path.of("/etc/containers/storage.conf");
    private static final Path USUAL_SETTINGS = Path.of("/usr/share/containers/storage.conf");
    private static final Pattern ROOTS = Pattern.compile(
            "(?m)^\\s*(?:graphroot|imagestore|rootless_storage_path|additionalimagestores)\\s*=\\s*(\\[[^]]*]|\"[^\"]*\")");
    private static final Pattern PLACE = Pattern.compile("\"([^\"]+)\"");

    public HostStores {
        environment = Map.copyOf(environment);
    }

    /// The store in a folder, whosever it is.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is neither's, UNSUPPORTED when it is of a sort that is not
    ///     read
    public static HostStore open(Path root) throws IOException {
        if (DockerData.isDataRoot(root)) {
            return DockerData.open(root);
        }
        return ContainersStorage.open(root);
    }

    /// The store of an engine in a folder.
    public static HostStore open(HostEngine engine, Path root) throws IOException {
        return switch (engine) {
            case DOCKER -> DockerData.open(root);
            case CONTAINERS -> ContainersStorage.open(root);
        };
    }

    /// The folders where stores of an engine are looked for, those first that are more likely meant.
    public List<Path> folders(HostEngine engine) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        switch (engine) {
            case DOCKER -> {
                dockerSetting().ifPresent(folders::add);
                folders.add(DOCKER);
                dataFolder().map(folder -> folder.resolve("docker")).ifPresent(folders::add);
            }
            case CONTAINERS -> {
                folders.addAll(containersSettings());
                folders.add(CONTAINERS);
                dataFolder().map(folder -> folder.resolve("containers/storage")).ifPresent(folders::add);
            }
        }
        return folders.stream().filter(Files::isDirectory).toList();
    }

    /// The first store of an engine that has images.
    ///
    /// @throws DrayException of kind NOT_FOUND when this host has none
    public HostStore find(HostEngine engine) throws IOException {
        List<DrayException> failures = new ArrayList<>();
        for (Path folder : folders(engine)) {
            try {
                return open(engine, folder);
            } catch (DrayException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        throw new DrayException(DrayException.Kind.NOT_FOUND, "no store of %s on this host".formatted(engine.label()))
                .advising("name its folder with --root");
    }

    private Optional<Path> dataFolder() {
        return folder("XDG_DATA_HOME").or(() -> folder("HOME").map(home -> home.resolve(".local/share")));
    }

    private static Optional<Path> dockerSetting() throws IOException {
        return text(DOCKER_SETTINGS).flatMap(text -> {
            try {
                return Json.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "daemon.json")
                        .text("data-root")
                        .flatMap(HostStores::absolute);
            } catch (DrayException malformed) {
                return Optional.empty();
            }
        });
    }

    /// Folders that `storage.conf` names: the store, one for images alone, additional ones. The user's own file
    /// comes before the host's; where a variable names one, there is no other.
    private List<Path> containersSettings() throws IOException {
        List<Path> files = new ArrayList<>();
        Optional<Path> named = folder("CONTAINERS_STORAGE_CONF");
        if (named.isPresent()) {
            files.add(named.get());
        } else {
            folder("XDG_CONFIG_HOME")
                    .or(() -> folder("HOME").map(home -> home.resolve(".config")))
                    .ifPresent(folder -> files.add(folder.resolve("containers/storage.conf")));
            files.add(CONTAINERS_SETTINGS);
            files.add(USUAL_SETTINGS);
        }
        List<Path> folders = new ArrayList<>();
        for (Path file : files) {
            ROOTS.matcher(text(file).orElse(""))
                    .results()
                    .flatMap(setting -> PLACE.matcher(setting.group(1)).results())
                    .flatMap(match -> path(match.group(1)).stream())
                    .forEach(folders::add);
        }
        return folders;
    }

    /// A path as settings write it, with the user's folder and name left open.
    private Optional<Path> path(String text) {
        String written = text.replace("$HOME", environment.getOrDefault("HOME", "$HOME"))
                .replace("$USER", environment.getOrDefault("USER", "$USER"));
        return written.contains("$") ? Optional.empty() : absolute(written);
    }

    private Optional<Path> folder(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .flatMap(HostStores::absolute);
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException | AccessDeniedException | CharacterCodingException absent) {
            return Optional.empty();
        }
    }
}
