package dev.dray.cli.quickstart;

import dev.dray.client.ClientOptions;
import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.Engine;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.intake.LayerInput;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.model.Reference;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.access.AccessListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.PasswordFile;
import dev.dray.registry.server.RegistryServer;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The main use on embedded defaults: two users share a registry, and the second one's push of the first one's image
/// sends no layer.
///
/// Keeps everything in one folder of the caller's. Not thread safe; the caller closes, which stops the registry.
final class Quickstart implements AutoCloseable {
    static final String FIRST = "team-a/app";
    static final String SECOND = "team-b/app";
    private static final String ACCESS = """
        # ann builds in team-a, bob may pull that and has team-b
        rules:
          - {repositories: "team-a/**", users: [ann], actions: [pull, push]}
          - {repositories: "team-a/**", users: [bob], actions: [pull]}
          - {repositories: "team-b/**", users: [bob], actions: [pull, push]}
        """;

    private final Path folder;
    private final Consumer<String> say;
    private final PushCounter counter = new PushCounter();
    private final Credentials.Password ann = new Credentials.Password("ann", secret());
    private final Credentials.Password bob = new Credentials.Password("bob", secret());
    private final Store store;
    private final RegistryServer server;

    /// Starts the registry.
    ///
    /// @param say receives progress lines
    Quickstart(Path folder, ListenAddress address, Consumer<String> say) throws IOException {
        this.folder = folder;
        this.say = say;
        Path users = Files.writeString(folder.resolve("users"), entry(ann) + entry(bob));
        Path access = Files.writeString(folder.resolve("access.yml"), ACCESS);
        Admission admission = Admission.ofFiles(Optional.of(users), Optional.of(access), AccessListener.SILENT);
        store = Store.open(folder.resolve("registry"), StoreKind.REGISTRY);
        try {
            HttpSettings http = HttpSettings.listen(address).withAccessLog(counter);
            server = RegistryServer.start(store, admission, http, counter, RegistrySettings.DEFAULT);
        } catch (IOException | RuntimeException failure) {
            store.close();
            throw failure;
        }
    }

    private static String secret() {
        byte[] bytes = new byte[9];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String entry(Credentials.Password user) {
        return PasswordFile.entry(user.username(), user.password()) + "\n";
    }

    String host() {
        return server.address().toString();
    }

    Credentials.Password ann() {
        return ann;
    }

    Credentials.Password bob() {
        return bob;
    }

    /// Runs the demonstration, and stops the registry's counting afterwards.
    QuickstartReport run() throws IOException {
        say.accept("a registry runs at %s, with users ann and bob".formatted(host()));
        Reference first = Reference.parse(host() + "/" + FIRST + ":1");
        Reference second = Reference.parse(host() + "/" + SECOND + ":1");
        Path images = folder.resolve("images");
        StoredImage image = build(images, first);
        Duration firstPush = push(images, ann, first, FIRST, "ann pushes it to " + FIRST);
        try (Engine engine = engine(images, bob)) {
            engine.tag(first.toString(), second);
        }
        Duration secondPush = push(images, bob, second, SECOND, "bob tags it and pushes it to " + SECOND);
        List<QuickstartReport.Push> pushes = List.of(
                counter.row(first.toString(), FIRST, image.id(), firstPush),
                counter.row(second.toString(), SECOND, image.id(), secondPush));
        VerifyReport verified = pullBack(second);
        int failures = verified.findings().size();
        return new QuickstartReport(pushes, verified.digestsVerified(), failures);
    }

    private StoredImage build(Path images, Reference name) throws IOException {
        say.accept("making an image from the JDK's own files, five layers");
        List<Path> tars = new JdkTars(Path.of(System.getProperty("java.home")))
                .write(Files.createDirectories(folder.resolve("tars")));
        List<LayerInput> layers = new ArrayList<>();
        tars.forEach(tar -> layers.add(() -> Files.newInputStream(tar)));
        try (Engine engine = engine(images, ann)) {
            return engine.build(layers, ImageSettings.of(List.of("CMD [\"/opt/java/bin/java\"]")), name);
        }
    }

    private Duration push(Path images, Credentials.Password user, Reference name, String repository, String what)
            throws IOException {
        say.accept(what);
        counter.begin(repository);
        try (Engine engine = engine(images, user)) {
            return engine.push(List.of(name), PushOptions.standard(), TransferListener.silent())
                    .values()
                    .iterator()
                    .next()
                    .duration();
        }
    }

    private VerifyReport pullBack(Reference name) throws IOException {
        say.accept("bob pulls it into an empty store and verifies every digest");
        try (Engine engine = engine(folder.resolve("pulled"), bob)) {
            engine.pull(name, PullOptions.of(PlatformChoice.host()), TransferListener.silent());
            return engine.verify(List.of(engine.image(name.toString())), TransferListener.silent());
        }
    }

    private Engine engine(Path images, Credentials.Password user) {
        return Engine.open(images, ClientOptions.builder().credentials(CredentialSource.of(host(), user)));
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
