package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.output.Terminal;
import dev.dray.client.RegistryClient;
import dev.dray.engine.archive.layout.LayoutName;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.engine.layers.ImageLayers;
import dev.dray.engine.layers.LayerBlob;
import dev.dray.engine.layers.LayerReport;
import dev.dray.engine.layers.Layers;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers census`.
@Command(
        name = "census",
        description = "Report for each layer which compressor made it, and whether it can be rebuilt byte for byte.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Outcomes: exact (rebuilt in full, same digest; with --prove), likely (a known compressor's output",
            "starts like the layer; without --prove), verbatim (must be kept as it is).",
            "",
            "Examples:",
            "  dray layers census layer.tar.gz package.tgz",
            "  dray layers census --prove oci:layout:latest",
            "  dray layers census --prove --format json docker://debian:12"
        })
final class LayersCensusCommand implements Callable<Integer> {
    private static final String REGISTRY = "docker://";

    private final CommandContext context;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "1..*",
            description = "a FILE; or oci:DIR[:TAG] or docker://IMAGE for all layers of an image")
    private List<String> sources = List.of();

    @Option(names = "--prove", description = "rebuild every layer in full and compare its digest")
    private boolean prove;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]|all",
            description = "which image of a multi-platform one; default: this host's")
    private @Nullable String platform;

    @Option(names = "--plain-http", description = "connect to the registry without TLS (not needed for loopback)")
    private boolean plainHttp;

    @Mixin
    private LayersOptions options = new LayersOptions();

    LayersCensusCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<LayerReport> reports = new ArrayList<>();
        try (RegistryClient client = client()) {
            Layers layers = options.open(terminal);
            List<LayerBlob> blobs = new ArrayList<>();
            for (String source : sources) {
                blobs.addAll(blobs(source, client));
            }
            for (LayerBlob blob : blobs) {
                LayerReport report = layers.census(blob, prove);
                reports.add(report);
                if (options.json()) {
                    terminal.result(LayerReports.json(report));
                    terminal.out().flush();
                } else {
                    options.say(
                            terminal,
                            "%d/%d %s: %s"
                                    .formatted(
                                            reports.size(),
                                            blobs.size(),
                                            blob.source(),
                                            LayerReports.word(report.outcome())));
                }
            }
        }
        if (!options.json()) {
            LayerReports.table(reports).forEach(terminal::result);
            terminal.result(LayerReports.totals(reports));
        }
        return 0;
    }

    private RegistryClient client() {
        List<String> hosts = sources.stream()
                .filter(source -> plainHttp && source.startsWith(REGISTRY))
                .map(source ->
                        Reference.parse(source.substring(REGISTRY.length())).host())
                .toList();
        return RegistryClient.open(
                context.clientOptions().plainHttp(Set.copyOf(hosts)).build());
    }

    private List<LayerBlob> blobs(String source, RegistryClient client) throws IOException {
        PlatformChoice choice = platform == null ? PlatformChoice.host() : PlatformChoice.parse(platform);
        if (source.startsWith(REGISTRY)) {
            Reference reference = Reference.parse(source.substring(REGISTRY.length()));
            return new ImageLayers(source, client.repository(reference), choice)
                    .add(ManifestSelector.of(reference))
                    .list();
        }
        if (source.startsWith(LayoutName.PREFIX)) {
            LayoutName name = LayoutName.parse(source);
            OciLayout layout = OciLayout.open(name.folder());
            ImageLayers layers = new ImageLayers(source, layout, choice);
            if (name.tag().isPresent()) {
                return layers.add(ManifestSelector.of(name.tag().get())).list();
            }
            for (Descriptor manifest : layout.manifests()) {
                layers.add(ManifestSelector.of(manifest.digest()));
            }
            return layers.list();
        }
        return List.of(new LayerBlob.InFile(source, Path.of(source)));
    }
}
