package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static final byte[] TAR = new TarBytes()
            .file("first", TarBytes.noise(3_000, 1))
            .file("small", TarBytes.noise(60, 2))
            .file("second", TarBytes.noise(5_000, 3))
            .file("again", TarBytes.noise(3_000, 1))
            .file("last", TarBytes.noise(129, 4))
            .end()
            .bytes();
    private static final Splitting SPLIT = Splitting.of(TAR);
    private static final int FIRST = TarBlock.SIZE;
    private static final int SECOND = FIRST + 3_072 + 2 * TarBlock.SIZE + TarBlock.SIZE;

    private static TarReader reader(ContentSource contents) throws IOException {
        return new TarReader(new ByteArrayInputStream(SPLIT.recipe()), contents, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 4_096, 1 << 20})
    void givesTheLayerInReadsOfAnySize(int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarReader reader = reader(SPLIT.contents())) {
            byte[] buffer = new byte[size];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                out.write(buffer, 0, count);
            }
            assertThat(reader.summary()).contains(SPLIT.summary());
        }
        assertThat(out.toByteArray()).isEqualTo(TAR);
    }

    @Test
    void readsSingleBytesAndEndsForGood() throws IOException {
        try (TarReader reader = reader(SPLIT.contents())) {
            for (byte expected : TAR) {
                assertThat(reader.read()).isEqualTo(expected & 0xff);
            }
            assertThat(reader.read()).isEqualTo(-1);
            assertThat(reader.read(new byte[9])).isEqualTo(-1);
            assertThat(reader.skip(1)).isZero();
        }
    }

    @Test
    void everyPlaceCanBeSkippedTo() throws IOException {
        for (int at = 0; at <= TAR.length; at++) {
            try (TarReader reader = reader(SPLIT.contents())) {
                reader.skipNBytes(at);
                assertThat(reader.readAllBytes()).as("from %d", at).isEqualTo(Arrays.copyOfRange(TAR, at, TAR.length));
            }
        }
    }

    @Test
    void skipsAndReadsMixAtWill() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            try (TarReader reader = reader(new Stream(SPLIT))) {
                int at = 0;
                while (at < TAR.length) {
                    int count = Math.min(TAR.length - at, random.nextInt(3_500));
                    if (random.nextBoolean()) {
                        assertThat(reader.readNBytes(count)).isEqualTo(Arrays.copyOfRange(TAR, at, at + count));
                    } else {
                        assertThat(reader.skip(count)).isEqualTo(count);
                    }
                    at += count;
                }
                assertThat(reader.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void skippingOpensOnlyTheContentThatItEndsIn() throws IOException {
        Log log = new Log(SPLIT.contents());
        try (TarReader reader = reader(log)) {
            reader.skipNBytes(SECOND + 100);
            assertThat(log.events).containsExactly("skip 3000", "open 5000");
            reader.skipNBytes(4_900);
            assertThat(log.events).containsExactly("skip 3000", "open 5000", "close 5000");
            assertThat(reader.skip(Long.MAX_VALUE)).isEqualTo(TAR.length - SECOND - 5_000L);
        }
        assertThat(log.events).containsExactly("skip 3000", "open 5000", "close 5000", "skip 3000", "skip 129");
    }

    @Test
    void contentsAreClosedWhenTheyEndAndWhenTheReaderIs() throws IOException {
        Log log = new Log(SPLIT.contents());
        try (TarReader reader = reader(log)) {
            reader.readNBytes(FIRST + 3_000);
            assertThat(log.events).containsExactly("open 3000", "close 3000");
            reader.readNBytes(SECOND - FIRST - 3_000 + 1);
        }
        assertThat(log.events).containsExactly("open 3000", "close 3000", "open 5000", "close 5000");
    }

    @Test
    void closingClosesTheRecipe() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream recipe = new ByteArrayInputStream(SPLIT.recipe()) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        new TarReader(recipe, SPLIT.contents(), Long.MAX_VALUE).close();
        assertThat(closed[0]).isTrue();
    }

    @Test
    void skippingBeyondTheEndIsTold() throws IOException {
        try (TarReader reader = reader(SPLIT.contents())) {
            assertThatThrownBy(() -> reader.skipNBytes(TAR.length + 1L)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aDamagedContentIsFoundByWholeReadsAlone() throws IOException {
        Splitting split = Splitting.of(TAR);
        split.contents().all().values().iterator().next()[7]++;
        try (TarReader reader = reader(split.contents())) {
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(reader::readAllBytes)
                        .isInstanceOfSatisfying(
                                DrayException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.CORRUPT));
            }
        }
        try (TarReader reader = reader(split.contents())) {
            reader.skipNBytes(1);
            assertThat(reader.readAllBytes()).hasSize(TAR.length - 1);
        }
    }

    @Test
    void aContentThatEndsEarlyIsFoundBySkippingInIt() throws IOException {
        Splitting split = Splitting.of(TAR);
        split.contents().all().replaceAll((digest, bytes) -> Arrays.copyOf(bytes, 10));
        try (TarReader reader = reader(split.contents())) {
            assertThatThrownBy(() -> reader.skipNBytes(FIRST + 20))
                    .isInstanceOfSatisfying(
                            DrayException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.CORRUPT));
        }
    }

    @Test
    void referencesAreListedInOrder() throws IOException {
        TarRecipeReader recipe = new TarRecipeReader(new ByteArrayInputStream(SPLIT.recipe()));
        List<Long> sizes = new ArrayList<>();
        for (Optional<TarPiece.Reference> next = recipe.nextReference();
                next.isPresent();
                next = recipe.nextReference()) {
            sizes.add(next.get().size());
        }
        assertThat(sizes).containsExactly(3_000L, 5_000L, 3_000L, 129L);
    }

    /// Writes down what is asked of it.
    private static final class Log implements ContentSource {
        final List<String> events = new ArrayList<>();
        private final ContentSource contents;

        Log(ContentSource contents) {
            this.contents = contents;
        }

        @Override
        public InputStream open(Digest digest, long size) throws IOException {
            events.add("open " + size);
            return new ByteArrayInputStream(contents.open(digest, size).readAllBytes()) {
                @Override
                public void close() {
                    events.add("close " + size);
                }
            };
        }

        @Override
        public void skip(Digest digest, long size) {
            events.add("skip " + size);
        }
    }

    /// All contents in the order of the recipe as one stream, which keeps its place by what it is asked.
    private static final class Stream implements ContentSource {
        private final InputStream all;

        Stream(Splitting split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TarRecipeReader recipe = new TarRecipeReader(new ByteArrayInputStream(split.recipe()));
            for (Optional<TarPiece.Reference> next = recipe.nextReference();
                    next.isPresent();
                    next = recipe.nextReference()) {
                bytes.write(split.contents().open(next.get().digest(), 0).readAllBytes());
            }
            all = new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public InputStream open(Digest digest, long size) {
            return new InputStream() {
                private long left = size;

                @Override
                public int read() throws IOException {
                    return left-- > 0 ? all.read() : -1;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = all.readNBytes(target, offset, (int) Math.min(left, length));
                    left -= count;
                    return count == 0 && length > 0 ? -1 : count;
                }
            };
        }

        @Override
        public void skip(Digest digest, long size) throws IOException {
            all.skipNBytes(size);
        }
    }
}
