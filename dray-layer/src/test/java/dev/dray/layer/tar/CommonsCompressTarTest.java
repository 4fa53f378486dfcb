package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives as another writer makes them, in the forms that GNU tar does not choose.
class CommonsCompressTarTest {
    private static final byte[] DATA = TarBytes.noise(5000, 1);
    private static final byte[] OTHER = TarBytes.noise(700, 2);

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void longNamesAreSplitAndComeBack(int longFiles) throws IOException {
        assertSplit(tar(
                longFiles,
                TarArchiveOutputStream.BIGNUMBER_POSIX,
                entry("long/".repeat(60) + "n\u00e4me"),
                entry("b")));
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.BIGNUMBER_STAR, TarArchiveOutputStream.BIGNUMBER_POSIX})
    void bigNumbersAreSplitAndComeBack(int bigNumbers) throws IOException {
        TarArchiveEntry big = entry("big");
        big.setUserId(1L << 40);
        big.setGroupId(1L << 30);
        big.setModTime(-5_000L);

        assertSplit(tar(TarArchiveOutputStream.LONGFILE_GNU, bigNumbers, big, entry("b")));
    }

    @Test
    void extendedAttributesAreSplitAndComeBack() throws IOException {
        TarArchiveEntry attributes = entry("attributes");
        attributes.addPaxHeader("SCHILY.xattr.user.large", "v".repeat(100_000));
        attributes.addPaxHeader("SCHILY.xattr.user.small", "\u20ac");

        assertSplit(tar(
                TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.BIGNUMBER_POSIX, attributes, entry("b")));
    }

    @Test
    void devicesAndLinksHaveNoContents() throws IOException {
        TarArchiveEntry device = new TarArchiveEntry("dev/null", TarConstants.LF_CHR);
        device.setDevMajor(1);
        device.setDevMinor(3);
        TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_LINK);
        link.setLinkName("dev/null");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (TarArchiveEntry entry : new TarArchiveEntry[] {device, link}) {
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }

        Splitting split = Splitting.of(out.toByteArray()).verify();

        assertThat(split.summary().headers()).isEqualTo(2);
        assertThat(split.contents().all()).isEmpty();
    }

    private static TarArchiveEntry entry(String name) {
        return new TarArchiveEntry(name);
    }

    /// The first entry has [#DATA], the second [#OTHER].
    private static byte[] tar(int longFiles, int bigNumbers, TarArchiveEntry first, TarArchiveEntry second)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(longFiles);
            tar.setBigNumberMode(bigNumbers);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            write(tar, first, DATA);
            write(tar, second, OTHER);
        }
        return out.toByteArray();
    }

    private static void write(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] data) throws IOException {
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private static void assertSplit(byte[] tar) {
        Splitting split = Splitting.of(tar).verify();
        assertThat(split.contents().all().keySet()).containsAll(Set.of(Digest.sha256(DATA), Digest.sha256(OTHER)));
    }
}
