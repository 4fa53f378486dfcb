package dev.dray.client.credentials;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A `docker-credential-<name>` program: `get`, `store` and `erase` with the server on standard input and JSON on
/// standard output (the protocol of docker-credential-helpers). Each call has a deadline.
final class CredentialProgram {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String NOT_FOUND = "credentials not found in native keychain";
    private static final int LARGEST_REPLY = 64 << 10;

    private final String program;
    private final Map<String, String> environment;
    private final Duration timeout;

    /// @param name the part after `docker-credential-`
    /// @param environment of the program; its `PATH` locates it
    CredentialProgram(String name, Map<String, String> environment, Duration timeout) {
        if (!NAME.matcher(name).matches()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "the settings name a credential helper with characters that no program has");
        }
        this.program = "docker-credential-" + name;
        this.environment = environment;
        this.timeout = timeout;
    }

    private record Outcome(int status, String output) {}

    Optional<Credentials> get(String server) {
        Outcome outcome = run("get", server);
        if (outcome.status != 0) {
            if (outcome.output.strip().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw failed("get", outcome);
        }
        JsonObject reply = Json.parseObject(
                outcome.output.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "the reply of " + program);
        String username = reply.text("Username").orElse("");
        String secret = reply.text("Secret").orElse("");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                username.equals("<token>")
                        ? new Credentials.IdentityToken(secret)
                        : new Credentials.Password(username, secret));
    }

    void store(String server, Credentials credentials) {
        JsonValue.ObjectBuilder entry = JsonValue.object().put("ServerURL", server);
        switch (credentials) {
            case Credentials.Password(String username, String password) ->
                entry.put("Username", username).put("Secret", password);
            case Credentials.IdentityToken(String token) ->
                entry.put("Username", "<token>").put("Secret", token);
        }
        Outcome outcome = run("store", Json.write(entry.build()).toString());
        if (outcome.status != 0) {
            throw failed("store", outcome);
        }
    }

    void erase(String server) {
        Outcome outcome = run("erase", server);
        if (outcome.status != 0 && !outcome.output.strip().equals(NOT_FOUND)) {
            throw failed("erase", outcome);
        }
    }

    private Outcome run(String action, String input) {
        ProcessBuilder builder = new ProcessBuilder(locate().toString(), action);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try {
                return converse(process, action, input);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new DrayException(DrayException.Kind.UNAVAILABLE, "cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, program + " was interrupted", e);
        }
    }

    private Outcome converse(Process process, String action, String input) throws InterruptedException {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (InputStream in = process.getInputStream()) {
                output.complete(new String(in.readNBytes(LARGEST_REPLY), StandardCharsets.UTF_8));
            } catch (IOException | UncheckedIOException e) {
                output.complete("");
            }
        });
        try (OutputStream out = process.getOutputStream()) {
            out.write((input + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A helper may answer without reading all of its input; its status tells.
        }
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new DrayException(
                    DrayException.Kind.UNAVAILABLE,
                    "%s %s did not answer within %d seconds".formatted(program, action, timeout.toSeconds()));
        }
        return new Outcome(
                process.exitValue(),
                output.completeOnTimeout("", 1, TimeUnit.SECONDS).join());
    }

    private Path locate() {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new DrayException(
                        DrayException.Kind.UNAVAILABLE,
                        "the settings name the credential helper " + program + ", which is not installed")
                .advising("install it, or take \"credsStore\" and \"credHelpers\" out of docker's config.json");
    }

    private DrayException failed(String action, Outcome outcome) {
        String said = outcome.output.lines().findFirst().orElse("").strip();
        String shown = said.length() > 200 ? said.substring(0, 200) : said;
        return new DrayException(
                DrayException.Kind.UNAVAILABLE,
                "%s %s failed%s"
                        .formatted(program, action, shown.isEmpty() || action.equals("store") ? "" : ": " + shown));
    }
}
