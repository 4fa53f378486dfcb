package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.seeds.Seeds;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A bit that turns anywhere in a pack, a recipe or the file of a blob is found by the check and by reading, and no
/// wrong byte of what is made again leaves the store.
///
/// `-Ddray.bits=1000` for more of them, `-Ddray.seed=N` for the same ones.
@Tag("share")
final class FlippedBitsTest {
    private static final int BITS = Integer.getInteger("dray.bits", 12);
    private static final long SEED = Seeds.of(FlippedBitsTest.class);
    private static final byte[] LAYER = LayerSamples.gzip(LayerSamples.tar(1, 30));
    private static final byte[] FILE = Samples.bytes(2, 50_000);
    private static final Digest MADE = Digest.sha256(LAYER);
    private static final Digest KEPT = Digest.sha256(FILE);
    /// Longer than a digest, of which other tables have copies.
    private static final int WINDOW = 48;

    @TempDir
    Path parent;

    private final Random random = new Random(SEED);
    private Path folder;
    private Path pack;
    private Path file;
    private RawBytes recipe;

    @BeforeEach
    void makeStore() {
        folder = parent.resolve("store");
        try (Store store = TestStores.open(folder, StoreKind.ENGINE)) {
            LayerSamples.keepAsRecipe(store, LAYER);
            Samples.publish(store, APP, FILE);
            pack = folder.resolve("packs")
                    .resolve(store.catalog()
                            .read(tx -> tx.packs().list(0, 1))
                            .getFirst()
                            .file());
            BlobTable.Row row =
                    store.catalog().read(tx -> tx.blobs().find(KEPT)).orElseThrow();
            file = folder.resolve("blobs").resolve(((BlobLocation.File) row.location()).name());
            recipe = store.catalog()
                    .read(tx -> tx.recipes().find(MADE))
                    .orElseThrow()
                    .bytes();
        }
    }

    @Test
    void anyBitOfAPackIsFound(TestReporter reporter) throws IOException {
        long size = Files.size(pack);
        int found = 0;
        for (int i = 0; i < BITS; i++) {
            found += turned(pack, random.nextLong(size), MADE);
        }
        reporter.publishEntry(
                "packs", "%d of %d bits were found, none was given away; seed %d".formatted(found, BITS, SEED));
        assertThat(found).isEqualTo(BITS);
    }

    @Test
    void anyBitOfARecipeIsFound(TestReporter reporter) throws IOException {
        Path database = folder.resolve("store.db");
        byte[] bytes = recipe.toByteArray();
        int found = 0;
        for (int i = 0; i < BITS; i++) {
            int place = random.nextInt(bytes.length);
            int from = Math.clamp(place - WINDOW / 2, 0, bytes.length - WINDOW);
            found += turned(database, find(Files.readAllBytes(database), bytes, from) + place - from, MADE);
        }
        reporter.publishEntry(
                "recipes", "%d of %d bits were found, none was given away; seed %d".formatted(found, BITS, SEED));
        assertThat(found).isEqualTo(BITS);
    }

    @Test
    void anyBitOfAFileIsFound() throws IOException {
        for (int i = 0; i < BITS / 4; i++) {
            assertThat(turned(file, random.nextInt(FILE.length), KEPT)).isEqualTo(1);
        }
    }

    private static long find(byte[] database, byte[] recipe, int from) {
        for (int i = 0; i + WINDOW <= database.length; i++) {
            if (Arrays.equals(database, i, i + WINDOW, recipe, from, from + WINDOW)) {
                return i;
            }
        }
        throw new AssertionError("these bytes of the recipe are on no one page");
    }

    /// Turns a bit in copies of the store, one for each who looks.
    ///
    /// @return 1 when it was found
    private int turned(Path victim, long place, Digest blob) throws IOException {
        byte bit = (byte) (1 << random.nextInt(8));
        boolean readable = isReadable(copy(victim, place, bit), blob);
        boolean well = isWell(copy(victim, place, bit));
        assertThat(well && !readable)
                .as("bit %d of byte %d of %s: not readable, and all is well; seed %d", bit, place, victim, SEED)
                .isFalse();
        return well ? 0 : 1;
    }

    private Path copy(Path victim, long place, byte bit) throws IOException {
        Path copy = Files.createTempDirectory(parent, "copy").resolve("store");
        StoreCopy.of(folder, copy);
        Path turned = copy.resolve(folder.relativize(victim));
        byte[] bytes = Files.readAllBytes(turned);
        bytes[(int) place] ^= bit;
        Files.write(turned, bytes);
        return copy;
    }

    /// What is read of a blob that is made again is right as far as it goes.
    private static boolean isReadable(Path copy, Digest blob) throws IOException {
        try (Store store = TestStores.open(copy, StoreKind.ENGINE)) {
            byte[] read = Samples.read(store.blobs().find(APP, blob).orElseThrow());
            assertThat(blob.equals(KEPT) || Digest.sha256(read).equals(blob)).isTrue();
            return Digest.sha256(read).equals(blob);
        } catch (IOException | DrayException found) {
            return false;
        }
    }

    private static boolean isWell(Path copy) throws IOException {
        try (Store store = TestStores.open(copy, StoreKind.ENGINE)) {
            return store.check().run(new CheckOptions(true, false)).isWell();
        }
    }
}
