package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.access.Admission;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.registry.server.RegistryServer;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTroubleTest {
    private static final RawBytes BLOB = RawBytes.copyOf(new byte[100_000]);
    private static final Digest DIGEST = BLOB.sha256();

    @Test
    void fullDiskIs507AndTheNextPushSucceedsWithoutACleanUp(@TempDir Path folder) throws IOException {
        FullDisk disk = new FullDisk();
        try (Store store = TestStores.open(
                        folder, StoreKind.REGISTRY, StoreOptions.standard().withFiles(disk));
                RegistryServer server = RegistryServer.start(
                        store,
                        Admission.open(),
                        HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0)),
                        RegistryListener.silent(),
                        RegistrySettings.DEFAULT)) {
            Calls calls = Calls.to(URI.create("http://" + server.address()));
            String location = calls.startUpload("full/disk");
            disk.fill();
            requireFull(calls.put(withDigest(location, DIGEST), BLOB));
            requireFull(calls.post(withDigest(uploads("full/disk"), DIGEST), BLOB));
            calls.head(blob("full/disk", DIGEST)).expect(404);
            disk.free();
            calls.push("full/disk", BLOB);
            assertThat(calls.get(blob("full/disk", DIGEST)).body()).isEqualTo(BLOB.toByteArray());
        }
    }

    @Test
    void uploadThatMeetsAFullDiskIsDroppedAndLeavesNoByte(@TempDir Path folder) throws IOException {
        FullDisk disk = new FullDisk();
        try (Store store = TestStores.open(
                        folder, StoreKind.REGISTRY, StoreOptions.standard().withFiles(disk));
                RegistryServer server = RegistryServer.start(
                        store,
                        Admission.open(),
                        HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0)),
                        RegistryListener.silent(),
                        RegistrySettings.DEFAULT)) {
            Calls calls = Calls.to(URI.create("http://" + server.address()));
            String location = calls.startUpload("full/disk");
            calls.patch(location, BLOB).expect(202);
            disk.fill();
            requireFull(calls.patch(location, BLOB));
            calls.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
            try (Stream<Path> staged = Files.list(folder.resolve("staging"))) {
                assertThat(staged).isEmpty();
            }
        }
    }

    private static void requireFull(Reply reply) {
        reply.expectError(507, "UNKNOWN");
        assertThat(reply.header("Dray-Version")).isEqualTo("1");
    }

    @Test
    void pushOfADamagedBlobRepairsIt() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .start()) {
            Calls calls = Calls.to(registry.uri());
            calls.push("a", BLOB);
            registry.store().catalog().change(transaction -> transaction.blobs().markDamaged(DIGEST));
            calls.get(blob("a", DIGEST)).expectError(500, "UNKNOWN");
            calls.head(blob("a", DIGEST)).expect(404);
            calls.post(uploads("b") + "?mount=" + DIGEST + "&from=a").expect(202);
            calls.push("b", BLOB);
            calls.head(blob("a", DIGEST)).expect(200);
            assertThat(calls.get(blob("a", DIGEST)).body()).isEqualTo(BLOB.toByteArray());
        }
    }

    @Test
    void storeOutlivesTheRegistry(@TempDir Path folder) {
        try (EmbeddedRegistry registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .withStore(folder)
                .start()) {
            Calls.to(registry.uri()).push("kept", BLOB);
        }
        try (EmbeddedRegistry registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .withStore(folder)
                .start()) {
            Calls.to(registry.uri()).head(blob("kept", DIGEST)).expect(200);
        }
    }
}
