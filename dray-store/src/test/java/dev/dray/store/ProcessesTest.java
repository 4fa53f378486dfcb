package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.seeds.Seeds;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.upload.Upload;
import dev.dray.store.upload.Uploads.Resumption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes on one store, one of which is killed.
final class ProcessesTest {
    static final int COUNT = 100;
    static final byte[] CONTENT = Samples.bytes(1, 100_000);
    static final Digest LEASED = Digest.sha256(new byte[] {1});

    @TempDir
    Path folder;

    static void countUp(Store store) {
        store.catalog().change(tx -> {
            int before = tx.settings().find("count").map(Integer::parseInt).orElse(0);
            tx.settings().put("count", Integer.toString(before + 1));
        });
    }

    @Test
    void changesOfTwoProcessesExcludeEachOther() throws Exception {
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY);
                OtherProcess other = OtherProcess.start("count", folder)) {
            for (int i = 0; i < COUNT; i++) {
                countUp(store);
            }
            other.awaitEnd();

            store.catalog().read(tx -> assertThat(tx.settings().find("count"))).contains(Integer.toString(2 * COUNT));
        }
    }

    /// Its lock file is there before its row is.
    @Test
    void processThatWasKilledAmidItsRegistrationIsInNobodysWay() throws Exception {
        TestStores.open(folder, StoreKind.REGISTRY).close();
        Files.createFile(folder.resolve("processes/1"));

        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            Digest digest = Samples.publish(store, APP, CONTENT);
            assertThat(store.blobs().find(APP, digest)).isPresent();
        }
        assertThat(folder.resolve("processes/1")).doesNotExist();
    }

    @Test
    void storesThatRegisterAtOnceHaveNumbersOfTheirOwnAndLive() throws Exception {
        try (Store one = TestStores.open(folder, StoreKind.REGISTRY);
                Store two = TestStores.open(folder, StoreKind.REGISTRY);
                Store three = TestStores.open(folder, StoreKind.REGISTRY);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<ProcessId>> registering = Stream.of(one, two, three)
                    .map(store -> threads.submit(() -> store.process().id()))
                    .toList();
            for (Future<ProcessId> registered : registering) {
                assertThat(one.isAlive(registered.get(1, TimeUnit.MINUTES))).isTrue();
            }
            one.catalog().read(tx -> assertThat(tx.processes().list()).hasSize(3));
            assertThat(one.process().id())
                    .isNotEqualTo(two.process().id())
                    .isNotEqualTo(three.process().id());
        }
        try (Stream<Path> left = Files.list(folder.resolve("processes"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void leaseAndUploadOfAProcessEndWithItAndNotBefore() throws Exception {
        Digest digest = Digest.sha256(CONTENT);
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY);
                OtherProcess other = OtherProcess.start("hold", folder)) {
            String upload = other.line();
            ProcessId holder = holders(store).getFirst();
            assertThat(store.isAlive(holder)).isTrue();
            assertThat(store.uploads().resume(APP, "ann", upload)).isInstanceOf(Resumption.HeldElsewhere.class);

            other.kill();

            assertThat(store.isAlive(holder)).isFalse();
            goOn(store, upload, digest);
            assertThat(Samples.read(store.blobs().find(APP, digest).orElseThrow()))
                    .isEqualTo(CONTENT);
        }
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            assertThat(holders(store)).isEmpty();
        }
    }

    @Test
    void killedInTheMidstOfPublishingLeavesNoHalfState() throws Exception {
        Random random = new Random(Seeds.of(ProcessesTest.class));
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            try (OtherProcess other = OtherProcess.start("publish", folder, random.nextLong())) {
                for (int i = 20 + random.nextInt(20); i > 0; i--) {
                    acknowledged.add(other.line());
                }
                other.kill();
                other.rest().stream()
                        .filter(line -> line.length() == LEASED.toString().length())
                        .forEach(acknowledged::add);
            }
        }
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            List<BlobTable.Row> rows =
                    store.catalog().read(tx -> tx.repository(APP).links().list(Optional.empty(), 100_000));
            Set<Path> owned = new HashSet<>();
            for (BlobTable.Row row : rows) {
                Blob blob = store.blobs().open(row).orElseThrow();
                owned.add(blob.file().orElseThrow());
                assertThat(Digest.sha256(Samples.read(blob))).isEqualTo(row.digest());
                acknowledged.remove(row.digest().toString());
            }
            assertThat(acknowledged).as("acknowledged and lost").isEmpty();
            assertThat(Samples.files(folder)).as("orphans").allMatch(owned::contains);
        }
    }

    private static void goOn(Store store, String id, Digest digest) throws IOException {
        assertThat(store.uploads().resume(APP, "ann", id)).isInstanceOfSatisfying(Resumption.Resumed.class, resumed -> {
            try (Upload upload = resumed.upload()) {
                assertThat(upload.offset()).isEqualTo(CONTENT.length / 2);
                upload.write(ByteBuffer.wrap(CONTENT, CONTENT.length / 2, CONTENT.length / 2));
                store.blobs()
                        .publish(
                                Samples.complete(upload.finish(digest)),
                                tx -> tx.repository(APP).links().add(digest));
            }
        });
    }

    private static List<ProcessId> holders(Store store) {
        return store.catalog().read(tx -> tx.processes().leases().holders(LEASED));
    }
}
