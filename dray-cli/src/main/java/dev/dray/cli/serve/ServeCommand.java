package dev.dray.cli.serve;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.RootCommand;
import dev.dray.cli.command.Shutdown;
import dev.dray.cli.command.TimeOption;
import dev.dray.cli.output.LogWriter;
import dev.dray.cli.output.Terminal;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.TlsFiles;
import dev.dray.model.DrayException;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.access.Admission;
import dev.dray.registry.server.Budgets;
import dev.dray.registry.server.RegistryServer;
import dev.dray.registry.server.Resources;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `dray serve`.
@Command(
        name = "serve",
        description = "Run a registry: OCI distribution over HTTP, durable before it answers 201.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --users and --access everybody may do everything, and the registry listens on loopback only.",
            "The users file holds the output of `htpasswd -nB NAME`; the access file is YAML:",
            "",
            "  groups:",
            "    builders: [ann, bob]",
            "  rules:",
            "    - {repositories: \"base/**\", anyone: true, actions: [pull]}",
            "    - {repositories: \"team-a/**\", groups: [builders], actions: [pull, push, delete]}",
            "",
            "With a rule for anyone docker cannot push: it sends no credentials to a registry that demands none.",
            "Both files are reloaded when they change. SIGTERM stops the registry after running requests finish.",
            "An hourly collection removes content that no manifest has referenced for the time of --grace.",
            "",
            "On an engine's store (`dray pull --store DIR`) it serves a read-only mirror of the pulled images:",
            "containerd finds an image by its own name (the parameter ns=HOST), podman and others by its path, when",
            "only one host has it, or with the host before the path. Its rules name repositories with their host:",
            "\"docker.io/**\", \"localhost:5000/team/*\". Beyond loopback a mirror needs --users.",
            "",
            "Examples:",
            "  dray serve",
            "  dray serve --store ~/.local/share/dray/engine --listen 127.0.0.1:5001",
            "  dray serve --listen 0.0.0.0:443 --users users --access access.yml --tls-cert cert.pem --tls-key key.pem"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CommandContext context;

    @Option(names = "--listen", paramLabel = "ADDRESS", description = "HOST:PORT or unix:PATH; default: 127.0.0.1:5000")
    private String listen = "127.0.0.1:5000";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "the registry's store, or an engine's store; default:" + " ~/.local/share/dray/registry")
    private @Nullable Path store;

    @Option(names = "--users", paramLabel = "FILE", description = "htpasswd file of users, bcrypt only")
    private @Nullable Path users;

    @Option(names = "--access", paramLabel = "FILE", description = "YAML file of access rules")
    private @Nullable Path access;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "certificate chain, PEM")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "private key of the certificate, PEM (PKCS#8)")
    private @Nullable Path key;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "how long a blob may be unreferenced before it is removed, as in 90m, 36h, 7d;" + " default: 24h")
    private @Nullable String grace;

    @Option(names = "--remove-untagged", description = "remove untagged manifests too, after the same time")
    private boolean removeUntagged;

    @Option(names = "--no-access-log", description = "do not write a line for each request to standard output")
    private boolean noAccessLog;

    @ParentCommand
    private @Nullable RootCommand root;

    public ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = context.terminal();
        ListenAddress address = ListenOption.parse(listen);
        Path folder =
                Optional.ofNullable(store).orElseGet(() -> context.dataFolder().resolve("registry"));
        PrintStream accessStream = noAccessLog
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : terminal.out();
        try (Shutdown shutdown = new Shutdown();
                LogWriter lines = new LogWriter(accessStream);
                LogWriter notices = new LogWriter(terminal.err())) {
            ServeLog log = new ServeLog(lines, notices, root != null && root.isDebug());
            Admission admission = Admission.ofFiles(Optional.ofNullable(users), Optional.ofNullable(access), log);
            Budgets budgets = Budgets.of(Resources.ofProcess(), certificate != null);
            HttpSettings http = http(address, log, budgets);
            ServeLog.rehearse();
            if (log.debug()) {
                budgets.describe().forEach(line -> terminal.say("dray: budget for " + line));
            }
            try (Store opened = open(folder, kind -> requireGuarded(kind, admission, address));
                    RegistryServer server = serve(opened, admission, http, log, budgets)) {
                terminal.say("dray: serving %s from %s, %s%s"
                        .formatted(
                                url(server.address()),
                                folder.toAbsolutePath().normalize(),
                                opened.kind() == StoreKind.ENGINE ? "an engine's store, read-only, " : "",
                                admission.isOpen() ? "open to everybody on this host" : "with access control"));
                shutdown.await();
                server.close(PATIENCE);
            }
        }
        return 0;
    }

    private RegistrySettings settings() {
        Duration time = grace == null ? StoreKind.REGISTRY.grace() : TimeOption.parse(grace);
        return RegistrySettings.DEFAULT.collecting(time, removeUntagged);
    }

    /// Opens an existing store of either kind, or creates one for a registry.
    ///
    /// @param guard throws when a store of this kind may not be served; nothing is created then
    private static Store open(Path folder, Consumer<StoreKind> guard) {
        Store there;
        try {
            there = Store.openExisting(folder);
        } catch (DrayException e) {
            if (e.kind() != DrayException.Kind.NOT_FOUND) {
                throw e;
            }
            guard.accept(StoreKind.REGISTRY);
            return Store.open(folder, StoreKind.REGISTRY);
        }
        try {
            guard.accept(there.kind());
            return there;
        } catch (DrayException e) {
            there.close();
            throw e;
        }
    }

    private RegistryServer serve(Store store, Admission admission, HttpSettings http, ServeLog log, Budgets budgets)
            throws IOException {
        return switch (store.kind()) {
            case REGISTRY ->
                RegistryServer.start(store, admission, http, log, settings().withLimits(budgets.registry()));
            case ENGINE -> RegistryServer.mirror(store, admission, http, log);
        };
    }

    private HttpSettings http(ListenAddress address, ServeLog log, Budgets budgets) {
        HttpSettings settings = HttpSettings.listen(address).withErrors(log).withLimits(budgets.http());
        HttpSettings logged = noAccessLog ? settings : settings.withAccessLog(log);
        if (certificate == null && key == null) {
            return logged;
        }
        if (certificate == null || key == null) {
            throw new DrayException(
                            DrayException.Kind.INVALID, "a certificate needs its key, and a key its certificate")
                    .advising("give both --tls-cert and --tls-key");
        }
        return logged.withTls(new TlsFiles(certificate, key));
    }

    private void requireGuarded(StoreKind kind, Admission admission, ListenAddress address) {
        if (ListenOption.isLocal(address)) {
            return;
        }
        switch (kind) {
            case REGISTRY -> {
                if (admission.isOpen()) {
                    throw exposed(address, "everybody might push there")
                            .advising("restrict access with --users or --access, or listen on 127.0.0.1");
                }
            }
            case ENGINE -> {
                if (users == null) {
                    throw exposed(address, "everybody might read what this host has pulled, private images too")
                            .advising("restrict access with --users, or listen on 127.0.0.1");
                }
            }
        }
    }

    private static DrayException exposed(ListenAddress address, String danger) {
        return new DrayException(
                DrayException.Kind.DENIED, "%s is reachable from other hosts, and %s".formatted(address, danger));
    }

    private String url(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Tcp tcp -> (certificate == null ? "http://" : "https://") + tcp;
            case ListenAddress.Unix unix -> unix.toString();
        };
    }
}
