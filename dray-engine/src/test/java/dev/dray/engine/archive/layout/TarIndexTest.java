package dev.dray.engine.archive.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dray.model.DrayException;
import dev.dray.testkit.TarBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarIndexTest {
    @TempDir
    private Path folder = Path.of("");

    private TarIndex index(byte[] tar) throws IOException {
        return TarIndex.read(ArchiveBytes.open(Files.write(folder.resolve("a.tar"), tar)));
    }

    private TarIndex index(TarBytes tar) throws IOException {
        return index(tar.toByteArray());
    }

    private void assertRefused(TarBytes tar, String words) {
        assertRefused(tar.toByteArray(), words);
    }

    private void assertRefused(byte[] tar, String words) {
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> index(tar))
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(DrayException.Kind.INVALID));
    }

    private static String text(TarIndex index, String name) throws IOException {
        try (InputStream in = index.get(name).open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void filesAreFoundByNameAndReadFromAnyPlace() throws IOException {
        TarIndex index =
                index(new TarBytes().folder("a/").file("./a/b", "hello").file("c", ""));

        assertThat(text(index, "a/b")).isEqualTo("hello");
        try (InputStream in = index.get("a/b").open(2)) {
            assertThat(in.readAllBytes()).isEqualTo("llo".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(index.get("c").size()).isZero();
        assertThat(index.find("absent")).isEmpty();
    }

    @Test
    void longNamesOfBothSortsAreRead() throws IOException {
        String name = "a/".repeat(80) + "b";
        byte[] gnu = (name + "\0").getBytes(StandardCharsets.UTF_8);
        String record = "path=" + name + "\n";
        byte[] pax = ((record.length() + 4) + " " + record).getBytes(StandardCharsets.UTF_8);

        assertThat(text(
                        index(new TarBytes()
                                .entry("././@LongLink", 'L', "", gnu.length, gnu)
                                .file("short", "1")),
                        name))
                .isEqualTo("1");
        assertThat(text(
                        index(new TarBytes()
                                .entry("pax", 'x', "", pax.length, pax)
                                .file("short", "2")),
                        name))
                .isEqualTo("2");
    }

    @Test
    void linksAreFollowedWithinTheArchive() throws IOException {
        TarIndex index = index(new TarBytes()
                .file("one/layer.tar", "layer")
                .symbolicLink("two/layer.tar", "../one/layer.tar")
                .hardLink("three/layer.tar", "two/layer.tar"));

        assertThat(text(index, "three/layer.tar")).isEqualTo("layer");
    }

    @Test
    void linksThatLeadNowhereAreRefusedWhenTheyAreFollowed() throws IOException {
        TarIndex index = index(new TarBytes()
                .symbolicLink("gone", "absent")
                .symbolicLink("round", "about")
                .symbolicLink("about", "round"));

        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> index.find("gone"))
                .withMessageContaining("is a link to \"absent\"");
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> index.find("round"))
                .withMessageContaining("without end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/etc/passwd", "a/../../b", "a/../.."})
    void namesAndLinksThatLeadOutAreRefused(String name) {
        assertRefused(new TarBytes().file(name, "x"), "leads out of it");
        assertRefused(new TarBytes().symbolicLink("a", name), "leads out of it");
        assertRefused(new TarBytes().hardLink("a", name), "leads out of it");
    }

    @Test
    void twoFilesOfOneNameAreRefused() {
        assertRefused(new TarBytes().file("a", "1").file("./a", "2"), "two entries named \"a\"");
        assertRefused(new TarBytes().file("a", "1").symbolicLink("a", "b"), "two entries named \"a\"");
    }

    @Test
    void aFolderMayComeTwice() throws IOException {
        assertThat(text(index(new TarBytes().folder("a/").folder("a").file("a/b", "x")), "a/b"))
                .isEqualTo("x");
    }

    @Test
    void whatIsNoFileIsRefusedWhenItIsAskedFor() throws IOException {
        TarIndex index = index(new TarBytes().folder("a").entry("pipe", '6', "", 0, new byte[0]));

        for (String name : new String[] {"a", "pipe"}) {
            assertThatExceptionOfType(DrayException.class)
                    .isThrownBy(() -> index.find(name))
                    .withMessageContaining("is not a file");
        }
    }

    @Test
    void sparseFilesAreRefused() {
        byte[] records = "22 GNU.sparse.major=1\n".getBytes(StandardCharsets.UTF_8);

        assertRefused(new TarBytes().entry("a", 'S', "", 0, new byte[0]), "sparse");
        assertRefused(
                new TarBytes().entry("p", 'x', "", records.length, records).file("a", "x"), "sparse");
    }

    @Test
    void whatBreaksOffIsRefused() {
        byte[] tar = new TarBytes().file("a", "x".repeat(2000)).toByteArray();

        assertRefused(Arrays.copyOf(tar, 700), "breaks off after 700 bytes");
        assertRefused(Arrays.copyOf(tar, 300), "breaks off");
        assertRefused(new TarBytes().entry("a", '0', "", 1L << 32, new byte[512]), "breaks off");
    }

    @Test
    void anEndThatIsNoEndIsRefused() {
        assertRefused(new TarBytes().file("a", "x").bytes(new byte[512]).file("b", "y"), "has entries behind it");
    }

    @Test
    void whatIsNoTarIsRefused() {
        assertRefused("<html>".repeat(200).getBytes(StandardCharsets.UTF_8), "not a tar");
        assertRefused(new byte[0], "empty");
        assertRefused(
                new TarBytes().file("a", "x").bytes("<html>".repeat(200).getBytes(StandardCharsets.UTF_8)),
                "no tar header");
    }

    @Test
    void namesInMessagesArePrintable() {
        assertRefused(new TarBytes().file("a\u001b[31m\nb", "1").file("a\u001b[31m\nb", "2"), "a?[31m?b");
    }

    @Test
    void tooManyEntriesAreTooLarge() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i <= TarIndex.MOST_ENTRIES; i++) {
            tar.file(Integer.toString(i), "");
        }

        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> index(tar))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(DrayException.Kind.TOO_LARGE));
    }
}
