package dev.dray.layer.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.go.Sample;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipReaderTest {
    private static final byte[] PLAIN = Sample.mixed(90_000, 1);

    @Test
    void keepsEveryFieldOfTheHeaderVerbatim() throws IOException {
        byte[] fields = HexFormat.of().parseHex("1f8b081e010203040203" + "0400cafebabe" + "6e616d6500" + "00" + "abcd");
        byte[] file = concat(fields, Arrays.copyOfRange(gzip(PLAIN), 10, gzip(PLAIN).length));
        GzipMember member = read(file).members().getFirst();
        assertThat(member.header().raw().toByteArray()).isEqualTo(fields);
        assertThat(member.header().flags()).isEqualTo(0x1e);
        assertThat(member.header().modified()).isEqualTo(0x04030201);
        assertThat(member.header().effort()).isEqualTo(2);
        assertThat(member.header().system()).isEqualTo(3);
        assertThat(member.trailerHolds()).isTrue();
        assertThat(member.plainLength()).isEqualTo(PLAIN.length);
        assertThat(member.end()).isEqualTo(file.length);
    }

    @Test
    void findsAllMembersAndWhatFollowsThem() throws IOException {
        byte[] first = gzip(PLAIN);
        byte[] file = concat(first, gzip(new byte[0]), gzip(PLAIN), new byte[512]);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        GzipLayout layout =
                new GzipReader(GzipListener.NONE, InflateLimits.standard()).read(new ByteArrayInputStream(file), plain);
        assertThat(plain.toByteArray()).isEqualTo(concat(PLAIN, PLAIN));
        assertThat(layout.members()).hasSize(3);
        assertThat(layout.members().get(1).offset()).isEqualTo(first.length);
        assertThat(layout.trailing().toByteArray()).isEqualTo(new byte[512]);
        assertThat(layout.size()).isEqualTo(file.length);
        assertThat(layout.plainSize()).isEqualTo(2L * PLAIN.length);
    }

    @Test
    void tellsAWrongTrailer() throws IOException {
        for (int back = 1; back <= 8; back++) {
            byte[] file = gzip(PLAIN);
            file[file.length - back] ^= 1;
            assertThat(read(file).members().getFirst().trailerHolds()).isFalse();
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] file = gzip(Arrays.copyOf(PLAIN, 200));
        for (int length = 0; length < file.length; length++) {
            byte[] truncated = Arrays.copyOf(file, length);
            Kind expected = length < 3 ? Kind.UNSUPPORTED : Kind.CORRUPT;
            assertThatThrownBy(() -> read(truncated))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(expected));
        }
    }

    @Test
    void refusesReservedFlagsEndlessNamesAndMuchGarbage() throws IOException {
        byte[] reserved = gzip(PLAIN);
        reserved[3] = (byte) 0x80;
        assertRefused(reserved, Kind.CORRUPT);
        byte[] endless = concat(
                HexFormat.of().parseHex("1f8b0808000000000003"),
                "x".repeat(300_000).getBytes(UTF_8));
        assertRefused(endless, Kind.CORRUPT);
        assertRefused(concat(gzip(PLAIN), new byte[100_000]), Kind.UNSUPPORTED);
    }

    private static void assertRefused(byte[] file, Kind kind) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static GzipLayout read(byte[] file) throws IOException {
        return new GzipReader(GzipListener.NONE, InflateLimits.standard())
                .read(new ByteArrayInputStream(file), new ByteArrayOutputStream());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
