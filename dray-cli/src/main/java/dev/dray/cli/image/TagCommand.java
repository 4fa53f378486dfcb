package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.engine.Engine;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dray tag`.
@Command(
        name = "tag",
        description = "Give an image of the store further names.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  dray tag debian:12 localhost:5000/team/base:12"})
public final class TagCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "a name, or the beginning of an ID")
    private String image = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "names to give")
    private List<String> names = List.of();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public TagCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<Reference> targets = names.stream().map(Reference::parse).toList();
        try (Engine engine = engineOptions.open(context)) {
            for (Reference target : targets) {
                engine.tag(image, target);
            }
        }
        return 0;
    }
}
