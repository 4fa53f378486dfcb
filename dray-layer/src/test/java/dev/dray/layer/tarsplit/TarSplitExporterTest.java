package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.TarBytes;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What Go writes was seen by running Go's tar-split 0.12.
class TarSplitExporterTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @Test
    void entriesAreWhatGoWrites() {
        byte[] tar = new TarBytes()
                .entry("etc/", '5', new byte[0])
                .file("etc/a", HELLO)
                .file("etc/empty", new byte[0])
                .end()
                .bytes();

        assertThat(shape(tar))
                .containsExactly(
                        "2:512",
                        "{\"type\":1,\"name\":\"etc/\",\"payload\":null,\"position\":1}",
                        "2:512",
                        "{\"type\":1,\"name\":\"etc/a\",\"size\":5,\"payload\":\"PD7u4tgQAAA=\",\"position\":3}",
                        "2:1019",
                        "{\"type\":1,\"name\":\"etc/empty\",\"payload\":null,\"position\":5}",
                        "2:1024");
    }

    @Test
    void globalHeaderIsAnEntryBeforeItsPadding() {
        byte[] tar = new TarBytes()
                .pax('g', TarBytes.record("path", ""))
                .file("a", new byte[0])
                .bytes();

        assertThat(shape(tar))
                .containsExactly(
                        "2:520",
                        "{\"type\":1,\"name\":\"././@PaxHeader\",\"payload\":null,\"position\":1}",
                        "2:1016",
                        "{\"type\":1,\"name\":\"a\",\"payload\":null,\"position\":3}");
    }

    @Test
    void nameThatIsNotUtf8IsRaw() {
        byte[] tar = new TarBytes().file("caf\u00e9", HELLO).bytes();

        assertThat(shape(tar))
                .contains(
                        "{\"type\":1,\"name_raw\":\"Y2Fm6Q==\",\"size\":5,\"payload\":\"PD7u4tgQAAA=\",\"position\":1}");
    }

    @Test
    void longNameAndPaxPathAreTheName() {
        String longName = "d/".repeat(80) + "f";
        byte[] tar = new TarBytes()
                .entry("././@LongLink", 'L', (longName + "\0").getBytes(StandardCharsets.US_ASCII))
                .file("d/d/d", HELLO)
                .pax('x', TarBytes.record("path", "pax"))
                .file("other", HELLO)
                .bytes();

        assertThat(shape(tar))
                .anySatisfy(line -> assertThat(line).contains("\"name\":\"" + longName + "\""))
                .anySatisfy(line -> assertThat(line).contains("\"name\":\"pax\""));
    }

    @Test
    void ustarPrefixIsPartOfTheName() {
        byte[] header = TarBytes.header("a", '0', 0);
        TarBytes.put(header, Field.MAGIC, "ustar\00000");
        TarBytes.put(header, Field.PREFIX, "usr/share");

        assertThat(shape(TarBytes.sign(header)))
                .contains("{\"type\":1,\"name\":\"usr/share/a\",\"payload\":null,\"position\":1}");
    }

    @Test
    void tailIsKeptWhateverItIs() {
        byte[] tar = new TarBytes()
                .file("a", new byte[0])
                .end()
                .file("b", HELLO)
                .add(TarBytes.noise(1 << 20, 1))
                .bytes();

        List<TarSplitEntry> entries = TarSplits.entries(TarSplits.export(tar));

        assertThat(entries.stream().filter(TarSplitEntry.File.class::isInstance).count())
                .isEqualTo(1);
        assertThat(entries.stream()
                        .mapToLong(entry -> entry instanceof TarSplitEntry.Segment(var bytes) ? bytes.size() : 0)
                        .sum())
                .isEqualTo(tar.length);
    }

    @Test
    void doesNotDependOnHowTheLayerIsCut() {
        byte[] tar = new TarBytes()
                .pax('x', TarBytes.record("mtime", "1.5"))
                .file("a", TarBytes.noise(3000, 1))
                .end()
                .bytes();

        assertThat(TarSplits.gunzip(TarSplits.export(tar, 7))).isEqualTo(TarSplits.gunzip(TarSplits.export(tar)));
    }

    @Test
    void whatGoCannotHandleIsRefused() {
        assertRefused(new TarBytes().file("a", HELLO).file("./a", HELLO), "two entries of one name");
        assertRefused(new TarBytes().pax('g', "").pax('g', ""), "two entries of one name");
        assertRefused(new TarBytes().entry("s", 'S', HELLO), "sparse");
        assertRefused(
                new TarBytes()
                        .pax('x', TarBytes.record("GNU.sparse.major", "1") + TarBytes.record("GNU.sparse.minor", "0"))
                        .file("s", HELLO),
                "sparse");
        assertRefused(new TarBytes().add(TarBytes.header("h", '1', 5)), "with a size");
        assertRefused(new TarBytes().add(TarBytes.header("l", '2', 5)), "with a size");
        assertRefused(new TarBytes().add(TarBytes.noise(512, 1)), "invalid header");
        assertRefused(new TarBytes().add(new byte[512]).file("a", HELLO), "single zero block");
        assertRefused(new TarBytes().add(Arrays.copyOf(TarBytes.header("a", '0', 0), 511)), "cut off");
        assertRefused(new TarBytes().add(TarBytes.header("a", '0', 5)), "cut off");
        assertRefused(new TarBytes().add(TarBytes.header("a", '0', 5)).add(new byte[100]), "cut off");
        assertRefused(new TarBytes().pax('x', "nonsense").file("a", HELLO), "invalid extended header");
    }

    @Test
    void everyLayerThatIsExportedComesBack() {
        int exported = 0;
        for (byte[] layer : OddArchives.all(500)) {
            try {
                byte[] tarSplit = TarSplits.export(layer);
                assertThat(TarSplits.assemble(tarSplit, layer)).isEqualTo(layer);
                exported++;
            } catch (DrayException refused) {
                assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
            }
        }
        assertThat(exported).isGreaterThan(150);
    }

    private static void assertRefused(TarBytes tar, String why) {
        assertThatThrownBy(() -> TarSplits.export(tar.bytes()))
                .isInstanceOfSatisfying(
                        DrayException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED))
                .hasMessageContaining(why);
    }

    /// The lines, but of segments only how long they are.
    private static List<String> shape(byte[] tar) {
        byte[] gzip = TarSplits.export(tar);
        List<TarSplitEntry> entries = TarSplits.entries(gzip);
        List<String> lines = TarSplits.lines(gzip);
        return IntStream.range(0, lines.size())
                .mapToObj(i ->
                        entries.get(i) instanceof TarSplitEntry.Segment(var bytes) ? "2:" + bytes.size() : lines.get(i))
                .toList();
    }
}
