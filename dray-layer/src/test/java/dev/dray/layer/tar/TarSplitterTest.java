package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSplitterTest {
    private static final byte[] DATA = TarBytes.noise(1000, 1);
    private static final byte[] OTHER = TarBytes.noise(70_000, 2);

    @Test
    void fileBecomesAContentNamedByItsHash() {
        Splitting split = split(new TarBytes().file("etc/a", DATA).end());

        assertContents(split, DATA);
        assertThat(split.summary().headers()).isEqualTo(1);
        assertThat(split.summary().referencedBytes()).isEqualTo(DATA.length);
    }

    @Test
    void recipeAndSummaryDoNotDependOnWhetherContentsAreKept() throws IOException {
        byte[] tar = new TarBytes().file("a", DATA).file("b", OTHER).end().bytes();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteArrayOutputStream unkept = new ByteArrayOutputStream();
        TarSummary summary = TarSplitter.split(new ByteArrayInputStream(tar), new MemoryContents(), kept);

        assertThat(TarSplitter.split(new ByteArrayInputStream(tar), ContentSink.NONE, unkept))
                .isEqualTo(summary);
        assertThat(summary.references()).isEqualTo(2);
        assertThat(unkept.toByteArray()).isEqualTo(kept.toByteArray());
    }

    @Test
    void sameContentUnderManyNamesIsOneContent() {
        Splitting split = split(
                new TarBytes().file("a", DATA).file("./a", DATA).file("b", DATA).end());

        assertContents(split, DATA);
        assertThat(split.summary().references()).isEqualTo(3);
    }

    @Test
    void smallFileStandsInTheRecipe() {
        assertContents(split(new TarBytes()
                .file("a", TarBytes.noise(TarSplitter.INLINE, 3))
                .file("empty", new byte[0])
                .end()));
    }

    @Test
    void fileJustOverTheLimitIsAContent() {
        byte[] data = TarBytes.noise(TarSplitter.INLINE + 1, 3);

        assertContents(split(new TarBytes().file("a", data).end()), data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../etc/passwd", "", "a\nb", "caf\u00e9", "//", "././@PaxHeader"})
    void hostileNameIsOnlyAName(String name) {
        assertContents(split(new TarBytes().file(name, DATA).end()), DATA);
    }

    @Test
    void joinedArchivesAreSplitBoth() {
        assertContents(
                split(new TarBytes().file("a", DATA).end().file("b", OTHER).end()), DATA, OTHER);
    }

    @Test
    void trailingBytesAreKept() {
        assertContents(split(new TarBytes().file("a", DATA).end().add(TarBytes.noise(777, 4))), DATA);
    }

    @Test
    void splitterFindsItsWayBehindABlockThatIsNoHeader() {
        assertContents(
                split(new TarBytes()
                        .file("a", DATA)
                        .add(TarBytes.noise(512, 5))
                        .file("b", OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void streamThatIsNoTarIsOneContent() {
        byte[] garbage = TarBytes.noise(300_001, 6);

        assertContents(split(new TarBytes().add(garbage)), garbage);
    }

    @Test
    void emptyStreamIsEmpty() {
        assertThat(split(new TarBytes()).summary().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 600, 1511, 1512, 1600, 2047, 2048, 2500, 3000})
    void truncatedArchiveIsSplitAsFarAsItGoes(int length) {
        byte[] whole = new TarBytes().file("a", DATA).end().bytes();

        split(new TarBytes().add(Arrays.copyOf(whole, length)));
    }

    @Test
    void contentThatIsCutOffKeepsWhatIsThere() {
        byte[] whole = new TarBytes().file("a", OTHER).bytes();

        assertContents(split(new TarBytes().add(Arrays.copyOf(whole, 512 + 40_000))), Arrays.copyOf(OTHER, 40_000));
    }

    @Test
    void paddingThatIsNotZeroIsKept() {
        assertContents(
                split(new TarBytes()
                        .add(TarBytes.header("a", '0', DATA.length))
                        .add(DATA)
                        .add(TarBytes.filled(TarBlock.padding(DATA.length), 'x'))
                        .file("b", OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void sizeOfAPaxRecordCounts() {
        assertContents(
                split(new TarBytes()
                        .pax('x', TarBytes.record("size", "1000"))
                        .add(TarBytes.header("a", '0', 0))
                        .data(DATA)
                        .file("b", OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void sizeInBase256Counts() {
        byte[] header = TarBytes.header("a", '0', 0);
        TarBytes.put(header, Field.SIZE, "\u0080\0\0\0\0\0\0\0\0\0\u0003\u00e8");

        assertContents(
                split(new TarBytes()
                        .add(TarBytes.sign(header))
                        .data(DATA)
                        .file("b", OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void hugeSizeThatTheStreamDoesNotHoldIsNoHarm() {
        byte[] header = TarBytes.header("a", '0', 0);
        TarBytes.put(header, Field.SIZE, "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");

        assertContents(split(new TarBytes().add(TarBytes.sign(header)).add(DATA)), DATA);
    }

    @Test
    void linkWithASizeAndNoDataIsFollowedByTheNextHeader() {
        assertContents(
                split(new TarBytes()
                        .add(TarBytes.header("link", '1', 5000))
                        .file("b", OTHER)
                        .end()),
                OTHER);
    }

    @Test
    void linkWithDataHasItsContent() {
        assertContents(
                split(new TarBytes()
                        .entry("link", '1', DATA)
                        .entry("symlink", '2', OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void extendedSparseMapOfOldGnuIsSkipped() {
        byte[] header = TarBytes.header("sparse", 'S', DATA.length);
        header[482] = 1;
        byte[] extended = TarBytes.filled(512, '1');
        extended[504] = 1;
        byte[] last = TarBytes.filled(512, '2');
        last[504] = 0;

        assertContents(
                split(new TarBytes()
                        .add(TarBytes.sign(header))
                        .add(extended)
                        .add(last)
                        .data(DATA)
                        .file("b", OTHER)
                        .end()),
                DATA,
                OTHER);
    }

    @Test
    void wrongChecksumMakesABlockNoHeader() {
        byte[] header = TarBytes.header("a", '0', DATA.length);
        header[0]++;

        assertThat(split(new TarBytes().add(header).data(DATA).end()).summary().headers())
                .isZero();
    }

    @Test
    void extendedHeaderTooLongForALiteralIsKept() {
        byte[] header = TarBytes.header("x", 'x', OTHER.length);

        split(new TarBytes().add(header).data(OTHER).file("a", DATA).end());
    }

    @Test
    void longRunOfZerosCostsNothing() {
        Splitting split = split(new TarBytes().file("a", DATA).add(new byte[10 << 20]));

        assertContents(split, DATA);
        assertThat(split.recipe().length).isLessThan(300);
    }

    private static Splitting split(TarBytes tar) {
        byte[] stream = tar.bytes();
        Splitting split = Splitting.of(stream).verify();
        assertThat(Splitting.of(stream, 509).recipe())
                .as("recipe does not depend on how the stream is cut")
                .isEqualTo(split.recipe());
        return split;
    }

    private static void assertContents(Splitting split, byte[]... contents) {
        assertThat(split.contents().all().keySet())
                .isEqualTo(
                        Set.copyOf(Arrays.stream(contents).map(Digest::sha256).toList()));
    }
}
