package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.policy.PolicyRule;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;
import dev.dray.model.Tag;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.ManifestSelector;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A host with an engine, and a registry that it speaks to. The caller closes.
public final class EngineHost implements AutoCloseable {
    public final Path images;
    final Path served;
    public final Engine engine;
    final EmbeddedRegistry registry;
    final List<RegistryEvent> events = Collections.synchronizedList(new ArrayList<>());

    private final Path folder;

    private EngineHost(Path folder) {
        this.folder = folder;
        images = folder.resolve("images");
        served = folder.resolve("served");
        registry = EmbeddedRegistry.configure()
                .withStore(served)
                .withListener(events::add)
                .start();
        engine = Engine.open(images, TestStores.options(), options());
    }

    /// A host in a temporary folder, which closing removes.
    public static EngineHost create() {
        try {
            return new EngineHost(Files.createTempDirectory("dray-engine-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClientOptions.Builder options() {
        return ClientOptions.builder().environment(Map.of()).retries(0, Duration.ofMillis(1));
    }

    /// A name in the registry: `team/app:1`.
    public Reference name(String path) {
        return Reference.parse(registry.address() + "/" + path);
    }

    /// Puts an image into the registry as somebody else would.
    public void serve(ImageSource image, String path) throws IOException {
        Reference name = name(path);
        Tag tag = name.tag().orElseThrow();
        try (RegistryClient client = RegistryClient.open(options().build())) {
            PushImage pushed = new PushImage(image.manifest(ManifestSelector.of(tag)), image, Set.of(tag));
            client.push(new PushRequest(name.host(), name.repository(), List.of(pushed)), TransferListener.silent());
        }
    }

    public PullReport pull(String path) throws IOException {
        return engine.pull(name(path), PullOptions.of(PlatformChoice.parse("linux/amd64")), TransferListener.silent());
    }

    /// What was tagged in the registry.
    Digest served(String path) throws IOException {
        try (RegistryClient client = RegistryClient.open(options().build())) {
            Reference name = name(path);
            return client.repository(name)
                    .manifest(ManifestSelector.of(name))
                    .raw()
                    .sha256();
        }
    }

    long linksTo(String repository) {
        RepositoryName target = RepositoryName.parse(repository);
        return events.stream()
                .filter(event -> event instanceof RegistryEvent.BlobMounted mounted
                        && mounted.repository().equals(target))
                .count();
    }

    long uploadsTo(String repository) {
        RepositoryName target = RepositoryName.parse(repository);
        return events.stream()
                .filter(event -> event instanceof RegistryEvent.BlobUploaded uploaded
                        && uploaded.repository().equals(target))
                .count();
    }

    /// Lets the engine keep this of all layers.
    public EngineHost keeping(StorageForm keep) {
        PolicyRule rule = new PolicyRule(RepositoryPattern.parseFamiliar("**"), ByteSize.ofBytes(0), keep);
        engine.layerStorage().changePolicy(policy -> policy.with(rule, true));
        return this;
    }

    /// What is done to a host.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Does something while the engine has no packs: nothing of them can be read.
    void withoutPacks(Work work) throws IOException {
        Path packs = images.resolve("packs");
        Path away = folder.resolve("away");
        Files.move(packs, away);
        Files.createDirectory(packs);
        work.run();
        try (Stream<Path> made = Files.list(packs)) {
            assertThat(made).isEmpty();
        }
        Files.delete(packs);
        Files.move(away, packs);
    }

    /// Turns a bit over in the middle of every pack.
    static void damagePacks(Path store) throws IOException {
        try (Stream<Path> packs = Files.list(store.resolve("packs"))) {
            for (Path pack : packs.toList()) {
                turnBit(pack, Files.size(pack) / 2);
            }
        }
    }

    private static void turnBit(Path file, long position) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            int value = bytes.read();
            bytes.seek(position);
            bytes.write(value ^ 1);
        }
    }

    /// Turns a bit over in the middle of a blob's file.
    static void damage(Path store, Digest blob) throws IOException {
        Path file = file(store, blob);
        turnBit(file, Files.size(file) / 2);
    }

    static Path file(Path store, Digest blob) throws IOException {
        return files(store, blob).getFirst();
    }

    /// The files of a blob: one, or none when it is made from a recipe.
    static List<Path> files(Path store, Digest blob) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve("blobs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(blob.hex()))
                    .toList();
        }
    }

    /// The bytes of a blob of the engine, in whatever form it is kept.
    byte[] bytes(Digest blob) throws IOException {
        try (Store store = TestStores.open(images, StoreKind.ENGINE)) {
            BlobTable.Row row = store.catalog()
                    .read(transaction -> transaction.blobs().find(blob))
                    .orElseThrow();
            try (InputStream in = store.blobs().open(row).orElseThrow().open(0)) {
                return in.readAllBytes();
            }
        }
    }

    @Override
    public void close() {
        engine.close();
        registry.close();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Verifies every image of the engine.
    VerifyReport verify() throws IOException {
        List<StoredImage> all =
                engine.images().stream().map(ImageSummary::image).toList();
        return engine.verify(all, TransferListener.silent());
    }

    /// What `text` finds.
    public StoredImage image(String path) {
        return engine.image(name(path).toString());
    }
}
