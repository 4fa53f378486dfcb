package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.PlainHttpOption;
import dev.dray.cli.command.SearchOptions;
import dev.dray.cli.output.AdoptProgress;
import dev.dray.cli.output.AdoptReports;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.ImageCheck;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray adopt check`.
@Command(
        name = "check",
        description = "Rebuild the original layers of images of Docker and podman, and compare their digests.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The stores of the engines are only read. Dray's own store remembers the compressor of each layer,",
            "so the next check is faster. Outcomes: exact (rebuilt, with the registry's digest), no blob",
            "(built or loaded here; encoded once when it is copied), unknown (no known compressor made it),"
                    + " unreadable.",
            "",
            "Exit code 0 when every layer that has a digest is exact, otherwise 1.",
            "",
            "Examples:",
            "  dray adopt check",
            "  dray adopt check docker-daemon:debian:12 containers-storage:quay.io/team/app:1",
            "  dray adopt check --root /mnt/old/var/lib/docker --format json"
        })
final class AdoptCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..*",
            description = "docker-daemon:IMAGE or containers-storage:IMAGE; default: all")
    private List<String> names = List.of();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "how many compressors run at once; default: all processors")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only")
    private boolean quiet;

    @Mixin
    private AdoptOptions options = new AdoptOptions();

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Mixin
    private PlainHttpOption plainHttp = new PlainHttpOption();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    AdoptCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (workers < 1 || workers > 256) {
            throw new DrayException(DrayException.Kind.INVALID, "--workers is between 1 and 256, not " + workers);
        }
        Terminal terminal = context.terminal();
        List<AdoptOptions.Found> images = options.images(context, names);
        List<AdoptReports.Checked> checks = new ArrayList<>();
        boolean failed = false;
        AdoptListener listener = quiet ? AdoptListener.silent() : new AdoptProgress(terminal);
        try (Engine engine = engineOptions.open(context);
                SearchOptions.Asked asked = search.open(context, plainHttp.hosts())) {
            Adopter adopter = engine.adopter(asked.beginnings(), workers, search.effort());
            for (AdoptOptions.Found found : images) {
                try {
                    HostImage image = found.store().image(found.entry());
                    AdoptReports.Checked checked =
                            new AdoptReports.Checked(found.name(), adopter.check(image, listener));
                    checks.add(checked);
                    print(terminal, checked);
                    failed |= !isGood(checked.check());
                } catch (DrayException failure) {
                    failed = true;
                    terminal.complain(found.name(), failure);
                }
            }
        }
        if (!options.json()) {
            terminal.result(AdoptReports.totals(checks));
        }
        AdoptReports.advice(checks).forEach(terminal::say);
        return failed ? ExitCode.FAILURE : 0;
    }

    private void print(Terminal terminal, AdoptReports.Checked checked) {
        if (options.json()) {
            AdoptReports.json(checked).forEach(terminal::result);
        } else {
            AdoptReports.table(checked).forEach(terminal::result);
        }
        terminal.out().flush();
    }

    private static boolean isGood(ImageCheck check) {
        return check.layers().stream()
                .map(SearchedLayer::outcome)
                .allMatch(
                        outcome -> outcome == SearchedLayer.Outcome.EXACT || outcome == SearchedLayer.Outcome.NO_BLOB);
    }
}
