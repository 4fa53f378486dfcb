package dev.dray.acceptance.stage;

import dev.dray.registry.access.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files of users and of rules, as `--users` and `--access` take them.
public final class UserFiles {
    private UserFiles() {}

    /// The password that [#users] gives to a user.
    public static String password(String user) {
        return user + "-secret";
    }

    /// Writes a file of users.
    public static Path users(Path file, String... names) throws IOException {
        String lines = Stream.of(names)
                .map(name -> PasswordFile.entry(name, password(name)) + "\n")
                .collect(Collectors.joining());
        return Files.writeString(file, lines);
    }

    /// Writes a file of rules.
    ///
    /// @param rules each a YAML object
    public static Path access(Path file, String... rules) throws IOException {
        return Files.writeString(
                file,
                "rules:\n"
                        + String.join(
                                "",
                                List.of(rules).stream()
                                        .map(rule -> "  - " + rule + "\n")
                                        .toList()));
    }
}
