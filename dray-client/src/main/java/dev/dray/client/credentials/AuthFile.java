package dev.dray.client.credentials;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Docker's `config.json` or podman's `auth.json`: a JSON object with `auths`, `credsStore` and `credHelpers`. Each
/// query reads the file anew; writes replace it atomically and keep unknown members.
record AuthFile(Path path) {
    /// Docker Hub's key in docker's files, and its name towards helpers.
    static final String HUB_KEY = "https://index.docker.io/v1/";

    /// The key of a host in the file.
    static String key(String host) {
        return host.equals(Reference.DOCKER_HUB) ? HUB_KEY : host;
    }

    JsonObject read() {
        try {
            byte[] bytes = Files.readAllBytes(path);
            return bytes.length == 0
                    ? JsonValue.object().build()
                    : Json.parseObject(bytes, JsonLimits.MESSAGE, path.toString());
        } catch (NoSuchFileException e) {
            return JsonValue.object().build();
        } catch (IOException e) {
            throw new DrayException(DrayException.Kind.UNAVAILABLE, "cannot read " + path, e);
        }
    }

    /// The credential helper of `host`.
    Optional<String> helper(String host) {
        JsonObject file = read();
        return file.object("credHelpers")
                .flatMap(helpers -> helpers.text(host)
                        .or(() -> helpers.text(key(host)))
                        .or(() ->
                                host.equals(Reference.DOCKER_HUB) ? helpers.text("index.docker.io") : Optional.empty()))
                .or(() -> file.text("credsStore"))
                .filter(name -> !name.isEmpty());
    }

    /// The credentials in the file itself.
    Optional<Credentials> find(String host) {
        JsonObject auths = auths(read());
        Optional<JsonObject> entry = auths.object(key(host)).or(() -> auths.object(host));
        if (entry.isEmpty()) {
            entry = auths.members().keySet().stream()
                    .filter(name -> names(name, host))
                    .findFirst()
                    .flatMap(auths::object);
        }
        return entry.flatMap(this::credentials);
    }

    private static JsonObject auths(JsonObject file) {
        return file.object("auths").orElse(JsonValue.object().build());
    }

    /// Keys of old files are addresses: `https://host/v1/`.
    private static boolean names(String key, String host) {
        String bare =
                key.startsWith("https://") ? key.substring(8) : key.startsWith("http://") ? key.substring(7) : key;
        int slash = bare.indexOf('/');
        boolean isAddress = slash < 0 || bare.substring(slash).matches("/?(v[12]/?)?");
        String name = slash < 0 ? bare : bare.substring(0, slash);
        return isAddress
                && (name.equals(host) || (host.equals(Reference.DOCKER_HUB) && name.equals("index.docker.io")));
    }

    private Optional<Credentials> credentials(JsonObject entry) {
        Optional<String> token = entry.text("identitytoken").filter(text -> !text.isEmpty());
        if (token.isPresent()) {
            return Optional.of(new Credentials.IdentityToken(token.get()));
        }
        Optional<String> auth = entry.text("auth").filter(text -> !text.isEmpty());
        if (auth.isPresent()) {
            return Optional.of(decode(auth.get()));
        }
        return entry.text("username")
                .filter(username -> !username.isEmpty())
                .flatMap(username ->
                        entry.text("password").map(password -> new Credentials.Password(username, password)));
    }

    private Credentials decode(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credentials.Password(
                        pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\u0000+$", ""));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the text: it may hold a password.
        }
        throw new DrayException(
                DrayException.Kind.INVALID, path + " has an \"auth\" that is not base64 of user:password");
    }

    void put(String host, JsonObject entry) {
        JsonObject file = read();
        JsonObject auths = auths(file);
        write(file.with("auths", auths.with(key(host), entry)));
    }

    /// @return false when there was no entry
    boolean remove(String host) {
        JsonObject file = read();
        JsonObject auths = auths(file);
        List<String> found = auths.members().keySet().stream()
                .filter(name -> name.equals(key(host)) || names(name, host))
                .toList();
        JsonObject rest = auths;
        for (String name : found) {
            rest = rest.without(name);
        }
        if (!found.isEmpty()) {
            write(file.with("auths", rest));
        }
        return !found.isEmpty();
    }

    static JsonObject entry(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password(String username, String password) ->
                JsonValue.object()
                        .put(
                                "auth",
                                Base64.getEncoder()
                                        .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)))
                        .build();
            case Credentials.IdentityToken(String token) ->
                JsonValue.object().put("identitytoken", token).build();
        };
    }

    private void write(JsonObject document) {
        Path temporary = null;
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            temporary = Files.createTempFile(folder, target.getFileName().toString(), ".new");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(Json.writePretty(document).toByteArray());
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(temporary);
            throw new DrayException(DrayException.Kind.UNAVAILABLE, "cannot write " + path, e);
        }
    }

    private static void discard(@org.jspecify.annotations.Nullable Path temporary) {
        if (temporary != null) {
            var _ = temporary.toFile().delete();
        }
    }

    /// Docker's file.
    static AuthFile docker(Map<String, String> environment) {
        Optional<String> folder = variable(environment, "DOCKER_CONFIG");
        return new AuthFile(folder.map(Path::of)
                .orElseGet(() -> home(environment).resolve(".docker"))
                .resolve("config.json"));
    }

    /// Podman's files, in the order of podman's search.
    static List<AuthFile> podman(Map<String, String> environment) {
        Optional<String> named = variable(environment, "REGISTRY_AUTH_FILE");
        if (named.isPresent()) {
            return List.of(new AuthFile(Path.of(named.get())));
        }
        Path personal = home(environment).resolve(".config/containers/auth.json");
        return variable(environment, "XDG_RUNTIME_DIR")
                .map(folder ->
                        List.of(new AuthFile(Path.of(folder, "containers", "auth.json")), new AuthFile(personal)))
                .orElse(List.of(new AuthFile(personal)));
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(variable(environment, "HOME").orElse(System.getProperty("user.home")));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
