package dev.dray.acceptance.mirror;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.TestImages;
import java.io.IOException;
import java.nio.file.Path;

/// Host A: it has pulled an image from a registry that has since stopped, and serves its store.
final class HostWithImages implements AutoCloseable {
    private static final int LAYERS = 3;

    private final Path folder;
    private final BuiltCommand dray;
    private final String registryHost;
    private final String digest;
    private final DrayServer mirror;

    private HostWithImages(Path folder, BuiltCommand dray, String registryHost, String digest, DrayServer mirror) {
        this.folder = folder;
        this.dray = dray;
        this.registryHost = registryHost;
        this.digest = digest;
        this.mirror = mirror;
    }

    static HostWithImages start(Path folder, String... options) throws IOException, InterruptedException {
        Path home = folder.resolve("a");
        BuiltCommand dray = BuiltCommand.at(home);
        String digest;
        String registryHost;
        try (DrayServer registry = DrayServer.start(folder.resolve("registry"))) {
            registryHost = registry.host();
            String image = registryHost + "/team/app:1";
            BuiltCommand maker = BuiltCommand.at(folder.resolve("maker"));
            TestImages.build(folder.resolve("maker"), LAYERS, image);
            maker.run("push", image).succeeded();
            digest = digestOf(dray.print("pull", "--quiet", image));
            dray.run("tag", image, "mirrored:1").succeeded();
            registry.stop();
        }
        DrayServer mirror = DrayServer.Plan.in(folder.resolve("serve"))
                .store(TestImages.store(home))
                .options(options)
                .start();
        return new HostWithImages(folder, dray, registryHost, digest, mirror);
    }

    /// The digest in the output of `pull`, `NAME: DIGEST`.
    static String digestOf(String printed) {
        return printed.substring(printed.indexOf(": ") + 2);
    }

    /// The command on host A.
    BuiltCommand dray() {
        return dray;
    }

    /// The command on a host without images.
    BuiltCommand otherHost(String name) {
        return BuiltCommand.at(folder.resolve(name));
    }

    /// The stopped registry; it may start again there.
    String registryHost() {
        return registryHost;
    }

    DrayServer.Plan registry() {
        return DrayServer.Plan.in(folder.resolve("registry")).options("--listen", registryHost);
    }

    Path store() {
        return TestImages.store(folder.resolve("a"));
    }

    /// The image at the registry, which host A also has as `docker.io/library/mirrored:1`.
    String image() {
        return registryHost + "/team/app:1";
    }

    String digest() {
        return digest;
    }

    DrayServer mirror() {
        return mirror;
    }

    @Override
    public void close() {
        mirror.close();
    }
}
