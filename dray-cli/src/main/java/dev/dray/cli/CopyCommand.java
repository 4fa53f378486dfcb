package dev.dray.cli;

import dev.dray.engine.CopyOptions;
import dev.dray.engine.CopyReport;
import dev.dray.engine.Engine;
import dev.dray.engine.ImagePlace;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray copy`.
@Command(
        name = "copy",
        aliases = "cp",
        description = "Copy an image from one place to another, byte for byte, and of it only what the target lacks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A place is one of:",
            "  NAME, docker://NAME           an image of a registry",
            "  store:NAME                    an image of this host's store",
            "  oci:DIR[:TAG]                 an image of an OCI layout in a folder",
            "  docker-archive:FILE[:NAME]    an image of a file as `docker save` writes it; as a target: a new one",
            "  oci-archive:FILE[:NAME]       an image of a tar of an OCI layout; as a target: a new one",
            "",
            "Within one registry blobs are linked, not sent. Of a multi-platform image the one for --platform is copied;",
            "--all copies every one, and the index.",
            "",
            "Examples:",
            "  dray copy --all quay.io/team/app:1 localhost:5000/mirror/app:1",
            "  dray copy --referrers localhost:5000/team/app:1 localhost:5000/release/app:1",
            "  dray copy debian:12 oci:layouts/debian:12",
            "  dray copy docker-archive:app.tar store:localhost:5000/team/app:1"
        })
final class CopyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "where the image is")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "where it goes")
    private String target = "";

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--referrers",
            description = "copy what refers to the image too: signatures, bills of materials and the like")
    private boolean referrers;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    CopyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = surroundings.terminal();
        ImagePlace from = ImagePlace.parse(source);
        ImagePlace to = ImagePlace.parse(target);
        CopyOptions options = new CopyOptions(platform.choice(), referrers);
        List<Reference> registries = Stream.of(from, to)
                .filter(ImagePlace.Registry.class::isInstance)
                .map(place -> ((ImagePlace.Registry) place).reference())
                .toList();
        CopyReport report;
        try (Engine engine = engineOptions.open(surroundings, transfer.plainHttp(registries));
                ProgressDisplay progress = transfer.display(terminal, Activity.copying)) {
            report = engine.copy(from, to, options, progress);
        }
        new CopyReports(terminal, format).print(to.toString(), report, "copied");
        return 0;
    }
}
