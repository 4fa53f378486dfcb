package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.repository.StoredImage;
import dev.dray.model.ByteSize;
import dev.dray.model.Reference;
import dev.dray.model.Tag;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray images`.
@Command(
        name = "images",
        aliases = "ls",
        description = "List the images of the store.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  dray images", "  dray images localhost:5000/team/app", "  dray images -q"})
public final class ImagesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "REPOSITORY", description = "only the images of this repository")
    private @Nullable String repository;

    @Option(
            names = {"-q", "--quiet"},
            description = "print IDs only")
    private boolean quiet;

    @Option(names = "--digests", description = "print the digests of manifests too")
    private boolean digests;

    @Option(names = "--no-trunc", description = "print IDs in full")
    private boolean inFull;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public ImagesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        Optional<Reference> wanted = Optional.ofNullable(repository).map(Reference::parse);
        List<ImageSummary> images;
        try (Engine engine = engineOptions.open(context)) {
            images = engine.images().stream()
                    .filter(summary -> wanted.map(reference -> matches(reference, summary.image()))
                            .orElse(true))
                    .toList();
        }
        if (format == Format.json) {
            images.forEach(summary -> terminal.result(Json.write(json(summary)).toString()));
        } else if (quiet) {
            images.stream().map(this::id).distinct().forEach(terminal::result);
        } else {
            table(images).lines().forEach(terminal::result);
        }
        return 0;
    }

    private boolean matches(Reference wanted, StoredImage image) {
        boolean named = repository != null && repository.indexOf(':', repository.lastIndexOf('/') + 1) >= 0;
        return image.repository().equals(wanted.fullName())
                && (!named || image.tag().equals(wanted.tag()));
    }

    private Table table(List<ImageSummary> images) {
        Table table = digests
                ? new Table("REPOSITORY", "TAG", "DIGEST", "IMAGE ID", "CREATED", "SIZE")
                : new Table("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
        for (ImageSummary summary : images) {
            String name = familiar(summary.image());
            String tag = summary.image().tag().map(Tag::value).orElse("<none>");
            String created = summary.config()
                    .flatMap(ImageConfig::created)
                    .map(ImagesCommand::age)
                    .orElse("-");
            String size = ByteSize.ofBytes(summary.size()).toString();
            if (digests) {
                table.row(name, tag, summary.image().digest().toString(), id(summary), created, size);
            } else {
                table.row(name, tag, id(summary), created, size);
            }
        }
        return table;
    }

    private static String familiar(StoredImage image) {
        Reference reference = image.reference();
        return new Reference(reference.host(), reference.repository(), Optional.empty(), Optional.empty()).familiar();
    }

    private String id(ImageSummary summary) {
        return inFull ? summary.image().id().toString() : summary.image().id().shortHex();
    }

    /// The age in docker's words. Go's tools write the year 1 for an absent time.
    public static String age(String created) {
        try {
            Instant time = Instant.parse(created);
            if (time.isBefore(Instant.EPOCH)) {
                return "-";
            }
            Duration age = Duration.between(time, Instant.now());
            long days = age.toDays();
            if (days >= 730) {
                return days / 365 + " years ago";
            }
            if (days >= 60) {
                return days / 30 + " months ago";
            }
            if (days >= 14) {
                return days / 7 + " weeks ago";
            }
            if (days >= 2) {
                return days + " days ago";
            }
            return age.toHours() >= 2
                    ? age.toHours() + " hours ago"
                    : age.toMinutes() >= 2 ? age.toMinutes() + " minutes ago" : "just now";
        } catch (DateTimeParseException odd) {
            return created.length() > 25 ? created.substring(0, 25) : created;
        }
    }

    private static JsonValue json(ImageSummary summary) {
        StoredImage image = summary.image();
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("name", image.reference().toString())
                .put("repository", image.repository().value());
        image.tag().ifPresent(tag -> object.put("tag", tag.value()));
        object.put("id", image.id().toString())
                .put("digest", image.digest().toString())
                .put("size", summary.size())
                .put("platforms", summary.platforms());
        summary.config().flatMap(ImageConfig::created).ifPresent(created -> object.put("created", created));
        return object.build();
    }
}
