package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.seeds.Seeds;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.Proof;
import dev.dray.store.process.Claim;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes keep layers in one store, one of which is killed.
final class LayerProcessesTest {
    private static final byte[] BLOB = LayerSamples.gzip(LayerSamples.tar(1, 120));
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final int DIGEST_LENGTH = DIGEST.toString().length();

    @TempDir
    Path folder;

    /// @return when the proof was made
    static String prove(Store store) {
        return store.layers().prove(DIGEST) instanceof Proof.Exact exact
                ? exact.recipe().proven().toString()
                : "not proven";
    }

    static void claim(Store store) {
        assertThat(Claim.take(store.catalog(), store.process(), "proof " + DIGEST))
                .isPresent();
    }

    static void keepForEver(Store store, long seed, PrintStream out) {
        Random random = new Random(seed);
        while (true) {
            byte[] tar = LayerSamples.tar(random.nextInt(4), 2 + random.nextInt(30));
            byte[] blob = random.nextInt(3) == 0 ? LayerSamples.gzip(tar) : tar;
            Digest digest = Samples.publish(store, APP, blob);
            out.println(digest);
            store.layers().prove(digest);
            store.layers().dropFile(digest);
            if (random.nextInt(3) == 0) {
                store.layers().restoreFile(digest);
            }
        }
    }

    @Test
    void blobIsProvenOnceWhoeverAsks() throws Exception {
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            Samples.publish(store, APP, BLOB);
            try (OtherProcess one = OtherProcess.start("prove", folder);
                    OtherProcess two = OtherProcess.start("prove", folder)) {
                one.line();
                two.line();

                String here = prove(store);

                assertThat(one.line()).isEqualTo(here);
                assertThat(two.line()).isEqualTo(here);
            }
        }
    }

    @Test
    void proofOfAKilledProcessIsTakenOver() throws Exception {
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            Samples.publish(store, APP, BLOB);
            try (OtherProcess other = OtherProcess.start("claim", folder)) {
                other.line();
                assertThat(Claim.take(store.catalog(), store.process(), "proof " + DIGEST))
                        .isEmpty();

                other.kill();

                assertThat(store.layers().prove(DIGEST)).isInstanceOf(Proof.Exact.class);
            }
        }
    }

    @Test
    void killedWhileLayersAreKeptLosesNothing() throws Exception {
        Random random = new Random(Seeds.of(LayerProcessesTest.class));
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            try (OtherProcess other = OtherProcess.start("keep", folder, random.nextLong())) {
                for (int i = 4 + random.nextInt(12); i > 0; i--) {
                    acknowledged.add(other.line());
                }
                other.kill();
                other.rest().stream()
                        .filter(line -> line.length() == DIGEST_LENGTH)
                        .forEach(acknowledged::add);
            }
        }
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            // A file whose maker died in an earlier round, and whose row a process of a later round took away before it
            // was killed itself, is the collector's to find.
            assertThat(store.collector().collect(CollectOptions.after(Duration.ofDays(1)), CollectListener.NONE))
                    .isPresent();
            Set<Path> owned = new HashSet<>();
            for (BlobTable.Row row : rows(store)) {
                Blob blob = store.blobs().open(row).orElseThrow();
                blob.file().ifPresent(owned::add);
                assertThat(Digest.sha256(Samples.read(blob))).isEqualTo(row.digest());
                acknowledged.remove(row.digest().toString());
            }
            for (PackTable.Row pack : store.catalog().read(tx -> tx.packs().list(0, 10_000))) {
                owned.add(folder.resolve("packs").resolve(pack.file()));
            }
            assertThat(acknowledged).as("acknowledged and lost").isEmpty();
            assertThat(files()).as("orphans").allMatch(owned::contains);
        }
    }

    private static List<BlobTable.Row> rows(Store store) {
        return store.catalog().read(tx -> tx.repository(APP).links().list(Optional.empty(), 100_000));
    }

    private Set<Path> files() throws IOException {
        Set<Path> files = new HashSet<>(Samples.files(folder));
        try (Stream<Path> packs = Files.list(folder.resolve("packs"))) {
            packs.forEach(files::add);
        }
        return files;
    }
}
