package dev.dray.cli.quickstart;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.Shutdown;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.StoreLog;
import dev.dray.cli.output.Terminal;
import dev.dray.http.ListenAddress;
import dev.dray.model.io.TemporaryFolder;
import dev.dray.model.json.Json;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dray quickstart`.
@Command(
        name = "quickstart",
        description = "Demonstrate the main use: push an image twice, to two repositories, and send its layers once.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Runs a registry with two users, makes an image from the JDK's own files, pushes it to team-a/app as ann,",
            "tags and pushes it to team-b/app as bob, who may pull from team-a, pulls it back and verifies every"
                    + " digest.",
            "Needs no network and leaves nothing behind.",
            "",
            "Examples:",
            "  dray quickstart",
            "  dray quickstart --keep     (leaves the registry running for docker, skopeo and podman)"
        })
public final class QuickstartCommand implements Callable<Integer> {
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);
    private static final ListenAddress USUAL_PORT = new ListenAddress.Tcp("127.0.0.1", 5000);

    private final CommandContext context;

    @Option(names = "--keep", description = "leave the registry running, and print commands to try")
    private boolean keep;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    public QuickstartCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = context.terminal();
        try (Shutdown shutdown = new Shutdown();
                TemporaryFolder folder = TemporaryFolder.create("dray-quickstart-");
                Quickstart quickstart = start(folder.path(), terminal)) {
            QuickstartReport report = quickstart.run();
            print(terminal, report);
            if (keep) {
                printCommands(terminal, quickstart);
                shutdown.await();
            }
            return report.failures() == 0 ? 0 : ExitCode.FAILURE;
        }
    }

    private Quickstart start(Path folder, Terminal terminal) throws IOException {
        StoreLog.quieten();
        if (keep) {
            try {
                return new Quickstart(folder, USUAL_PORT, terminal::say);
            } catch (BindException taken) {
                terminal.say("port 5000 is taken, another one is used");
            }
        }
        return new Quickstart(folder, ANY_PORT, terminal::say);
    }

    private void print(Terminal terminal, QuickstartReport report) {
        if (format == Format.json) {
            terminal.result(Json.write(report.json()).toString());
            return;
        }
        report.table().lines().forEach(terminal::result);
        terminal.result("%d digests verified after the pull, %d failures"
                .formatted(report.digestsVerified(), report.failures()));
        terminal.say("The second push sent no layer: the registry mounted them, because bob may pull from team-a.");
    }

    private static void printCommands(Terminal terminal, Quickstart quickstart) {
        String host = quickstart.host();
        terminal.say("");
        terminal.say("The registry keeps running at %s; Ctrl-C stops it and removes it. Try:".formatted(host));
        String bob = quickstart.bob().password();
        terminal.say("  docker login -u bob -p %s %s".formatted(bob, host));
        terminal.say("  docker pull %s/%s:1".formatted(host, Quickstart.FIRST));
        terminal.say("  docker tag %s/%s:1 %s/team-b/mine:1".formatted(host, Quickstart.FIRST, host));
        terminal.say("  docker push %s/team-b/mine:1          # says \"Mounted from team-a/app\"".formatted(host));
        terminal.say("  skopeo inspect --tls-verify=false --creds bob:%s docker://%s/%s:1"
                .formatted(bob, host, Quickstart.SECOND));
        terminal.say("  podman pull --tls-verify=false --creds bob:%s %s/%s:1".formatted(bob, host, Quickstart.SECOND));
        terminal.say(
                "ann's password, for pushing to team-a: " + quickstart.ann().password());
    }
}
