package dev.dray.acceptance.stage;

import dev.dray.registry.access.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Users and access files for `--users` and `--access`.
public final class UserFiles {
    private UserFiles() {}

    /// The password of a user in [#users].
    public static String password(String user) {
        return user + "-secret";
    }

    /// Writes a users file.
    public static Path users(Path file, String... names) throws IOException {
        String lines = Stream.of(names)
                .map(name -> PasswordFile.entry(name, password(name)) + "\n")
                .collect(Collectors.joining());
        return Files.writeString(file, lines);
    }

    /// Writes an access file.
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
