package dev.dray.acceptance.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The built command, `./dray`, for a separate user: home, images and logins lie below one folder.
public record BuiltCommand(Program program) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// The command for a user whose home is `home`.
    public static BuiltCommand at(Path home) {
        return new BuiltCommand(Program.of(path())
                .with("HOME", home)
                .with("XDG_DATA_HOME", home.resolve("data"))
                .with("XDG_RUNTIME_DIR", home.resolve("runtime"))
                .with("DOCKER_CONFIG", home.resolve("docker"))
                .variable("DRAY_STORE", "")
                .variable("REGISTRY_AUTH_FILE", ""));
    }

    /// The path of the command. Fails when it is not built: a test must not run Maven within Maven.
    static String path() {
        if (!Files.isReadable(ROOT.resolve("dray-cli/target/dist/java"))) {
            throw new AssertionError("the dray command is not built; run `make build` first");
        }
        return ROOT.resolve("dray").toString();
    }

    public Outcome run(String... arguments) {
        return program.run(arguments);
    }

    /// Runs it and returns its output, without the line's end; fails unless it succeeds.
    public String print(String... arguments) {
        return run(arguments).succeeded().output().strip();
    }

    public BuiltCommand variable(String name, String value) {
        return new BuiltCommand(program.variable(name, value));
    }

    public BuiltCommand reading(String input) {
        return new BuiltCommand(program.reading(input));
    }

    /// The command run by the user `nobody`, who owns `home` from now on. Needs root.
    public BuiltCommand asNobody(Path home) {
        Program.of("chown", "-R", "65534:65534", home.toString()).run().succeeded();
        return new BuiltCommand(program.behind("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }

    public BuiltCommand within(Duration deadline) {
        return new BuiltCommand(program.within(deadline));
    }

    /// Logs in to `host`.
    public BuiltCommand loggedIn(String host, String user) {
        reading(UserFiles.password(user) + "\n")
                .run("login", "--username", user, "--password-stdin", host)
                .succeeded();
        return this;
    }
}
