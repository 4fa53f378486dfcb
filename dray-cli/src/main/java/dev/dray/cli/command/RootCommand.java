package dev.dray.cli.command;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `dray` itself: the options that all commands share.
@Command(
        name = "dray",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = {"Moves container images, sending only new content.", ""},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "Names are written as docker writes them: ubuntu, localhost:5000/team/app:1, quay.io/app@sha256:...",
            "`dray COMMAND --help` explains a command; `dray quickstart` demonstrates the main use in a minute.",
            ""
        },
        footer = {
            "",
            "The images of this host are kept in --store, DRAY_STORE, or the user's data folder.",
            "Logins are read from and written to docker's config.json (DOCKER_CONFIG)."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "Options:%n")
public final class RootCommand {
    private boolean debug;

    @Option(
            names = "--debug",
            description = "verbose output: stack traces, and requests and replies",
            scope = ScopeType.INHERIT)
    void debug(boolean wanted) {
        if (wanted && !debug) {
            ConsoleHandler handler = new ConsoleHandler();
            handler.setLevel(Level.FINE);
            Logger all = Logger.getLogger("");
            all.setLevel(Level.FINE);
            all.addHandler(handler);
        }
        debug = wanted;
    }

    public boolean isDebug() {
        return debug;
    }
}
