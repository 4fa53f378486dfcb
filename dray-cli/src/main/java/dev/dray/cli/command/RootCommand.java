package dev.dray.cli.command;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `dray` itself: what all commands have in common.
@Command(
        name = "dray",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = {"Moves container images, and moves only what is new.", ""},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "Names are written as docker writes them: ubuntu, localhost:5000/team/app:1, quay.io/app@sha256:...",
            "`dray COMMAND --help` explains a command; `dray quickstart` shows the main job in a minute.",
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
            description = "say more: stack traces, and what is sent and received",
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
