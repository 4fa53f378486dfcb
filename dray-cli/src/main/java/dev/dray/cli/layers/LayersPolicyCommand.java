package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.policy.LayerPolicy;
import dev.dray.engine.policy.PolicyRule;
import dev.dray.engine.policy.StorageForm;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryPattern;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers policy` and its subcommands.
@Command(
        name = "policy",
        description = "Show and change the policy for keeping layers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "The first rule that matches a repository and a size applies; stored layers stay as they are until",
            "`dray layers convert`. Patterns: * matches one component of a name, ** any number.",
            "",
            "Examples:",
            "  dray layers policy show",
            "  dray layers policy set 'localhost:5000/**' --keep both --min-size 1MB",
            "  dray layers policy unset 'localhost:5000/**'"
        })
final class LayersPolicyCommand implements Callable<Integer> {
    private final CommandContext context;

    LayersPolicyCommand(CommandContext context) {
        this.context = context;
    }

    /// This command with its subcommands.
    static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new LayersPolicyCommand(context))
                .addSubcommand(new Show(context))
                .addSubcommand(new Set(context))
                .addSubcommand(new Unset(context));
    }

    @Override
    public Integer call() {
        return new Show(context).call();
    }

    private static void print(Terminal terminal, LayerPolicy policy, Format format) {
        if (format == Format.json) {
            policy.rules()
                    .forEach(rule -> terminal.result(Json.write(json(rule)).toString()));
            terminal.result(Json.write(JsonValue.object()
                            .put("otherwise", policy.usual().label())
                            .build())
                    .toString());
            return;
        }
        Table table = new Table("REPOSITORIES", "FROM SIZE", "KEEP");
        policy.rules()
                .forEach(rule -> table.row(
                        rule.pattern().text(),
                        rule.smallest().toString(),
                        rule.form().label()));
        table.row("all others", "", policy.usual().label());
        table.lines().forEach(terminal::result);
    }

    private static void printChanged(Terminal terminal, LayerPolicy policy) {
        print(terminal, policy, Format.table);
        terminal.say("stored layers stay as they are until `dray layers convert --all`");
    }

    private static JsonValue json(PolicyRule rule) {
        return JsonValue.object()
                .put("repositories", rule.pattern().text())
                .put("minSize", rule.smallest().bytes())
                .put("keep", rule.form().label())
                .build();
    }

    /// `dray layers policy show`.
    @Command(
            name = "show",
            description = "Print the rules in their order.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  dray layers policy show"})
    static final class Show implements Callable<Integer> {
        private final CommandContext context;

        @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
        private Format format = Format.table;

        @Mixin
        private EngineOptions engineOptions = new EngineOptions();

        Show(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            try (Engine engine = engineOptions.open(context)) {
                print(context.terminal(), engine.layerStorage().policy(), format);
            }
            return 0;
        }
    }

    /// `dray layers policy set`.
    @Command(
            name = "set",
            description = "Add a rule after the others, or change the one with the same pattern and size.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  dray layers policy set 'quay.io/**' --keep recipe --min-size 1MB",
                "  dray layers policy set localhost:5000/base --keep both --first"
            })
    static final class Set implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(paramLabel = "PATTERN", description = "repositories: debian, quay.io/team/*, **")
        private String pattern = "";

        @Option(names = "--keep", paramLabel = "WHAT", required = true, description = "recipe, blob or both")
        private String keep = "";

        @Option(
                names = "--min-size",
                paramLabel = "SIZE",
                description = "only blobs of this size or larger: 64K, 1MB; default: all")
        private String smallest = "0";

        @Option(names = "--first", description = "put the rule before all others")
        private boolean first;

        @Mixin
        private EngineOptions engineOptions = new EngineOptions();

        Set(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            PolicyRule rule = new PolicyRule(
                    RepositoryPattern.parseFamiliar(pattern), ByteSize.parse(smallest), StorageForm.parse(keep));
            try (Engine engine = engineOptions.open(context)) {
                printChanged(
                        context.terminal(), engine.layerStorage().changePolicy(policy -> policy.with(rule, first)));
            }
            return 0;
        }
    }

    /// `dray layers policy unset`.
    @Command(
            name = "unset",
            description = "Remove the rules of a pattern.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  dray layers policy unset 'quay.io/**'"})
    static final class Unset implements Callable<Integer> {
        private final CommandContext context;

        @Parameters(paramLabel = "PATTERN", description = "as `show` prints it")
        private String pattern = "";

        @Mixin
        private EngineOptions engineOptions = new EngineOptions();

        Unset(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            try (Engine engine = engineOptions.open(context)) {
                LayerPolicy changed = engine.layerStorage().changePolicy(policy -> {
                    RepositoryPattern unwanted = unwanted(policy);
                    if (policy.rules().stream().noneMatch(rule -> rule.pattern().equals(unwanted))) {
                        throw new DrayException(DrayException.Kind.NOT_FOUND, "no rule for \"%s\"".formatted(unwanted))
                                .advising("`dray layers policy show` prints the existing rules");
                    }
                    return policy.without(unwanted);
                });
                printChanged(context.terminal(), changed);
            }
            return 0;
        }

        /// Older versions stored patterns that are invalid today: they are removed by their text.
        private RepositoryPattern unwanted(LayerPolicy policy) {
            RepositoryPattern asPrinted = new RepositoryPattern(pattern);
            return policy.rules().stream().map(PolicyRule::pattern).anyMatch(asPrinted::equals)
                    ? asPrinted
                    : RepositoryPattern.parseFamiliar(pattern);
        }
    }
}
