package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.CopyReports;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.archive.ArchiveName;
import dev.dray.engine.archive.ArchiveWriter;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.LayoutWriter;
import dev.dray.engine.copy.CopyReport;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.DrayException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray save`.
@Command(
        name = "save",
        description = "Write images of the store into an archive that docker, podman and others load.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Contains manifests and blobs unchanged, so readers of OCI layouts get the same digests.",
            "",
            "Examples:",
            "  dray save -o app.tar localhost:5000/team/app:1",
            "  dray save debian:12 debian:13 | gzip > debian.tar.gz",
            "  dray save --format oci -o layout/ debian:12      (a folder)"
        })
public final class SaveCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "the output file; with --format oci also a folder; default: standard output")
    private @Nullable String output;

    /// The format of the archive.
    enum Archive {
        docker,
        oci
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "docker: an OCI layout and docker-archive in one; oci: an OCI layout alone")
    private Archive format = Archive.docker;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "one image of a multi-platform one; default: all that the store has, and the index")
    private @Nullable String platform;

    @Option(names = "--referrers", description = "save the referrers too")
    private boolean referrers;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    public SaveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        PlatformChoice choice = platform == null ? new PlatformChoice.All() : PlatformChoice.parse(platform);
        CopyReport report;
        try (Engine engine = engineOptions.open(context, transfer.plainHttp());
                ProgressDisplay progress = transfer.display(terminal, Activity.saving)) {
            names.forEach(engine::image);
            try (ImageWriter writer = writer(terminal)) {
                report = engine.save(names, new CopyOptions(choice, referrers), writer, progress);
            }
        }
        if (output == null && terminal.out().checkError()) {
            throw new IOException("cannot write the archive to standard output");
        }
        report.notes().forEach(note -> terminal.say("note: " + note));
        new CopyReports(terminal, Format.table).tell(report, "saved");
        return 0;
    }

    private ImageWriter writer(Terminal terminal) throws IOException {
        ArchiveName.Kind kind = format == Archive.oci ? ArchiveName.Kind.OCI : ArchiveName.Kind.DOCKER;
        if (output == null) {
            requireNoTerminal();
            return ArchiveWriter.to(terminal.out(), kind);
        }
        Path path = Path.of(output);
        boolean folder = output.endsWith("/") || Files.isDirectory(path);
        return folder && format == Archive.oci ? LayoutWriter.open(path) : ArchiveWriter.create(path, kind);
    }

    private static void requireNoTerminal() {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            throw new DrayException(DrayException.Kind.INVALID, "standard output is a terminal")
                    .advising("name a file with -o, or redirect the output");
        }
    }
}
