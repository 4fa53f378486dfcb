package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRecipeTest {
    private static final byte[] PLAIN = Sample.mixed((3 << 20) + 777, 81);
    private static final BlobRebuilder REBUILDER = new BlobRebuilder(Blobs.CATALOG, 2);

    /// Never changed: recipes that were stored so must be read for ever.
    private static final String STORED =
            "475a5201030000000000300309d65fe8c8221441f942dec718f58c877f06ec387c6f7e6cd784df5a335c92638de7f2e8a264"
                    + "47e9316dee51be6e363b270742fd8ad05826c0f6719f561c200be772c64c4aad43c967";

    private static PlainRecipe recipe(byte[] plain) throws IOException {
        return PlainRecipe.of(new ByteArrayInputStream(plain));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20})
    void givesTheSameBytes(int size) throws IOException {
        byte[] plain = Arrays.copyOf(PLAIN, size);
        BlobRecipe recipe = BlobRecipe.parse(recipe(plain).toBytes());
        CountedPlain source = new CountedPlain(plain);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        REBUILDER.rebuild(recipe, source, out);
        assertThat(out.toByteArray()).isEqualTo(plain);
        assertThat(recipe.digest()).isEqualTo(Digest.sha256(plain));
        assertThat(recipe.plainSize()).isEqualTo(size);
        assertThat(source.opened()).hasSize(size == 0 ? 0 : 1);
    }

    @Test
    void givesAnyRange() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        Random random = new Random(82);
        for (int round = 0; round < 200; round++) {
            int from = random.nextInt(PLAIN.length + 1);
            int to = from + random.nextInt(PLAIN.length - from + 1);
            CountedPlain source = new CountedPlain(PLAIN);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            REBUILDER.rebuild(recipe, source, from, (long) to - from, out);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(PLAIN, from, to));
            assertThat(source.opened()).allMatch(opened -> opened == (from & -(1 << 20)));
        }
    }

    @Test
    void nothingOfADamagedPieceLeaves() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        byte[] damaged = PLAIN.clone();
        damaged[2 << 20] ^= 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertKind(Kind.CORRUPT, () -> REBUILDER.rebuild(recipe, ByteSource.of(damaged), out));
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(PLAIN, 2 << 20));
        out.reset();
        assertKind(Kind.CORRUPT, () -> REBUILDER.rebuild(recipe, ByteSource.of(damaged), (2 << 20) + 9, 1, out));
        assertThat(out.size()).isZero();
    }

    @Test
    void missingBytesAreCorrupt() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        byte[] shorter = Arrays.copyOf(PLAIN, PLAIN.length - 1);
        assertKind(Kind.CORRUPT, () -> REBUILDER.rebuild(recipe, ByteSource.of(shorter), new ByteArrayOutputStream()));
    }

    @Test
    void theLastPieceStaysBackWhenTheWholeDigestIsWrong() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        PlainRecipe other = new PlainRecipe(Digest.sha256(new byte[0]), recipe.size(), recipe.hashes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertKind(Kind.CORRUPT, () -> REBUILDER.rebuild(other, ByteSource.of(PLAIN), out));
        assertThat(out.size()).isEqualTo(3 << 20);
        PlainRecipe empty = new PlainRecipe(Digest.sha256(PLAIN), 0, RawBytes.copyOf(new byte[0]));
        assertKind(Kind.CORRUPT, () -> REBUILDER.rebuild(empty, ByteSource.of(PLAIN), out));
    }

    @Test
    void rangesOutsideAreRefused() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        assertThatThrownBy(() ->
                        REBUILDER.rebuild(recipe, ByteSource.of(PLAIN), PLAIN.length, 1, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStoredFormIsReadForEver() throws IOException {
        PlainRecipe recipe = recipe(PLAIN);
        assertThat(HexFormat.of().formatHex(recipe.toBytes().toByteArray())).isEqualTo(STORED);
        assertThat(BlobRecipe.parse(RawBytes.copyOf(HexFormat.of().parseHex(STORED))))
                .isEqualTo(recipe);
    }

    @Test
    void eachKindIsReadByItsOwn() throws IOException {
        GzipRecipe gzip = Blobs.scan(Blobs.go(Arrays.copyOf(PLAIN, 10_000), 6)).proven(1);
        assertThat(BlobRecipe.parse(gzip.toBytes())).isEqualTo(gzip);
        assertKind(Kind.UNSUPPORTED, () -> PlainRecipe.parse(gzip.toBytes()));
        RawBytes plain = recipe(PLAIN).toBytes();
        assertKind(Kind.UNSUPPORTED, () -> GzipRecipe.parse(plain));
    }

    @Test
    void everyFlippedBitAndTruncationIsRefused() throws IOException {
        byte[] stored = recipe(PLAIN).toBytes().toByteArray();
        for (int bit = 0; bit < stored.length * 8; bit++) {
            byte[] flipped = stored.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertKind(Kind.CORRUPT, () -> BlobRecipe.parse(RawBytes.copyOf(flipped)));
        }
        for (int length = 0; length < stored.length; length++) {
            byte[] shorter = Arrays.copyOf(stored, length);
            assertKind(Kind.CORRUPT, () -> BlobRecipe.parse(RawBytes.copyOf(shorter)));
        }
    }

    @Test
    void aNewerVersionIsUnsupported() throws IOException {
        byte[] stored = recipe(PLAIN).toBytes().toByteArray();
        stored[3] = 2;
        assertKind(Kind.UNSUPPORTED, () -> BlobRecipe.parse(RawBytes.copyOf(GzipRecipeTest.checked(stored))));
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
