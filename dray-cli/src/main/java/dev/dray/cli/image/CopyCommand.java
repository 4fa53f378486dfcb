package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.PlatformOptions;
import dev.dray.cli.command.SearchOptions;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.CopyReports;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostImageName;
import dev.dray.engine.adopt.host.HostStore;
import dev.dray.engine.adopt.host.HostStores;
import dev.dray.engine.copy.CopyReport;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray copy`.
@Command(
        name = "copy",
        aliases = "cp",
        description = "Copy an image between locations, byte for byte, sending only content that the target lacks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A location is one of:",
            "  NAME, docker://NAME           an image of a registry",
            "  store:NAME                    an image of this host's store",
            "  oci:DIR[:TAG]                 an image of an OCI layout in a folder",
            "  docker-archive:FILE[:NAME]    an image of a file as `docker save` writes it; as a target: a new one",
            "  oci-archive:FILE[:NAME]       an image of a tar of an OCI layout; as a target: a new one",
            "  docker-daemon:IMAGE           an image of this host's Docker (graph driver), as a source only",
            "  containers-storage:IMAGE      an image of podman, buildah or CRI-O, as a source only",
            "",
            "Images that Docker or podman unpacked keep their original digests: see dray adopt.",
            "Within one registry blobs are mounted, not sent. Of a multi-platform image the one for --platform is"
                    + " copied;",
            "--all copies every one, and the index.",
            "",
            "Examples:",
            "  dray copy --all quay.io/team/app:1 localhost:5000/mirror/app:1",
            "  dray copy --referrers localhost:5000/team/app:1 localhost:5000/release/app:1",
            "  dray copy debian:12 oci:layouts/debian:12",
            "  dray copy docker-archive:app.tar store:localhost:5000/team/app:1",
            "  dray copy docker-daemon:localhost:5000/team/base:1 localhost:5000/release/base:1"
        })
public final class CopyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "location of the image")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "location of the copy")
    private String target = "";

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @Option(names = "--referrers", description = "copy the referrers too: signatures, bills of materials and the like")
    private boolean referrers;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "the store of docker-daemon: or containers-storage:, if not in the default folder")
    private @Nullable Path root;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    public CopyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        if (HostImageName.isOne(target)) {
            throw new DrayException(
                            DrayException.Kind.UNSUPPORTED,
                            "stores of other engines are only read: \"%s\"".formatted(target))
                    .advising("copy to a docker-archive, and load it there");
        }
        ImageLocation to = ImageLocation.parse(target);
        CopyOptions options = new CopyOptions(platform.choice(), referrers);
        CopyReport report = HostImageName.isOne(source)
                ? adopt(HostImageName.parse(source), to, options)
                : copy(ImageLocation.parse(source), to, options);
        new CopyReports(terminal, format).print(to.toString(), report, "copied");
        return 0;
    }

    private CopyReport copy(ImageLocation from, ImageLocation to, CopyOptions options) throws IOException {
        try (Engine engine = open(from, to);
                ProgressDisplay progress = transfer.display(context.terminal(), Activity.copying)) {
            return engine.copy(from, to, options, progress);
        }
    }

    private CopyReport adopt(HostImageName name, ImageLocation to, CopyOptions options) throws IOException {
        Terminal terminal = context.terminal();
        HostStore store = name.store(Optional.ofNullable(root), new HostStores(context.environment()));
        HostImage image = store.image(store.entry(name.image()));
        try (Engine engine = open(to);
                SearchOptions.Asked asked = search.open(context, plainHttp(to));
                ProgressDisplay progress = transfer.display(terminal, Activity.copying)) {
            Adopter adopter =
                    engine.adopter(asked.beginnings(), Runtime.getRuntime().availableProcessors(), search.effort());
            return engine.copy(adopter.source(image, transfer.adopting(terminal)), to, options, progress);
        }
    }

    private Engine open(ImageLocation... places) {
        return engineOptions.open(context, plainHttp(places));
    }

    private Set<String> plainHttp(ImageLocation... places) {
        List<Reference> registries = Stream.of(places)
                .filter(ImageLocation.Registry.class::isInstance)
                .map(place -> ((ImageLocation.Registry) place).reference())
                .toList();
        return registries.isEmpty() ? transfer.plainHttp() : transfer.plainHttp(registries);
    }
}
