package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The rights that client tests share: those of ann, bob and eve at `dray serve`.
///
/// Ann may pull and push in `team-a` and `team-c`; bob may pull and push in `team-b` only; eve may pull everywhere and
/// push nowhere.
public final class RegistryWithUsers {
    private RegistryWithUsers() {}

    public static DrayServer start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path users = UserFiles.users(folder.resolve("users"), "ann", "bob", "eve");
        Path access = UserFiles.access(
                folder.resolve("access.yml"),
                "{repositories: \"team-a/**\", users: [ann], actions: [pull, push]}",
                "{repositories: \"team-b/**\", users: [bob], actions: [pull, push]}",
                "{repositories: \"team-c/**\", users: [ann], actions: [pull, push]}",
                "{repositories: \"**\", users: [eve], actions: [pull]}");
        return DrayServer.Plan.in(folder).access(users, access).start();
    }
}
