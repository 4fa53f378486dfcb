package dev.dray.cli;

import dev.dray.engine.CopyOptions;
import dev.dray.engine.CopyReport;
import dev.dray.engine.Engine;
import dev.dray.engine.ImagePlace;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.HostImage;
import dev.dray.engine.adopt.HostImageName;
import dev.dray.engine.adopt.HostStore;
import dev.dray.engine.adopt.HostStores;
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
            "  docker-daemon:IMAGE           an image of this host's Docker (graph driver), as a source only",
            "  containers-storage:IMAGE      an image of podman, buildah or CRI-O, as a source only",
            "",
            "What Docker or podman unpacked is copied under its original digests, not under new ones: see dray adopt.",
            "Within one registry blobs are linked, not sent. Of a multi-platform image the one for --platform is copied;",
            "--all copies every one, and the index.",
            "",
            "Examples:",
            "  dray copy --all quay.io/team/app:1 localhost:5000/mirror/app:1",
            "  dray copy --referrers localhost:5000/team/app:1 localhost:5000/release/app:1",
            "  dray copy debian:12 oci:layouts/debian:12",
            "  dray copy docker-archive:app.tar store:localhost:5000/team/app:1",
            "  dray copy docker-daemon:localhost:5000/team/base:1 localhost:5000/release/base:1"
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

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "the store of docker-daemon: or containers-storage:, when it is in another place")
    private @Nullable Path root;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private OnlineOption online = new OnlineOption();

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
        if (HostImageName.isOne(target)) {
            throw new DrayException(
                            DrayException.Kind.UNSUPPORTED,
                            "stores of other engines are only read: \"%s\"".formatted(target))
                    .advising("copy to a docker-archive, and load that there");
        }
        ImagePlace to = ImagePlace.parse(target);
        CopyOptions options = new CopyOptions(platform.choice(), referrers);
        CopyReport report = HostImageName.isOne(source)
                ? adopt(HostImageName.parse(source), to, options)
                : copy(ImagePlace.parse(source), to, options);
        new CopyReports(terminal, format).print(to.toString(), report, "copied");
        return 0;
    }

    private CopyReport copy(ImagePlace from, ImagePlace to, CopyOptions options) throws IOException {
        try (Engine engine = open(from, to);
                ProgressDisplay progress = transfer.display(surroundings.terminal(), Activity.copying)) {
            return engine.copy(from, to, options, progress);
        }
    }

    private CopyReport adopt(HostImageName name, ImagePlace to, CopyOptions options) throws IOException {
        Terminal terminal = surroundings.terminal();
        HostStore store = name.store(Optional.ofNullable(root), new HostStores(surroundings.environment()));
        HostImage image = store.image(store.entry(name.image()));
        try (Engine engine = open(to);
                OnlineOption.Asked asked = online.open(surroundings, plainHttp(to));
                ProgressDisplay progress = transfer.display(terminal, Activity.copying)) {
            Adopter adopter =
                    engine.adopter(asked.beginnings(), Runtime.getRuntime().availableProcessors());
            return engine.copy(adopter.source(image, transfer.adopting(terminal)), to, options, progress);
        }
    }

    private Engine open(ImagePlace... places) {
        return engineOptions.open(surroundings, plainHttp(places));
    }

    private Set<String> plainHttp(ImagePlace... places) {
        List<Reference> registries = Stream.of(places)
                .filter(ImagePlace.Registry.class::isInstance)
                .map(place -> ((ImagePlace.Registry) place).reference())
                .toList();
        return registries.isEmpty() ? transfer.plainHttp() : transfer.plainHttp(registries);
    }
}
