package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.DeflateInput;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.TokenInflater;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.prove.GzipAttempt;
import dev.dray.layer.prove.GzipTarget;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A block of Go's that begins where the window would slide if more bytes came, and none come: an encoder that is
/// begun there believes that it has slid, and no longer finds what lies 32 KiB back. Such a block is no restart.
///
/// The plain bytes fill the last window exactly. A match carries the parser over the place of the slide, the block
/// ends with it, and the rest repeats what lies exactly 32 KiB before.
class CheckpointMarginTest {
    private static final EncoderId GO = GoFamily.id(6);
    private static final RawBytes HEADER = RawBytes.copyOf(HexFormat.of().parseHex("1f8b08000000000000ff"));
    private static final int DISTANCE = 32 << 10;
    private static final int SIZE = 33 * DISTANCE;
    private static final int REST = 100;
    private static final int LONGEST_MATCH = 258;
    /// Found by trial: so many of them let the last full block end [#REST] bytes before the end.
    private static final int ZEROS = 32_536;

    private static final byte[] PLAIN = plain();

    private static byte[] plain() {
        byte[] plain = new byte[SIZE];
        new Random(7).nextBytes(plain);
        Arrays.fill(plain, 0, ZEROS, (byte) 0);
        int rest = SIZE - REST;
        int match = rest - LONGEST_MATCH;
        System.arraycopy(plain, match - 1000, plain, match, LONGEST_MATCH);
        System.arraycopy(plain, rest - DISTANCE, plain, rest, REST);
        return plain;
    }

    @Test
    void theLastBlockBeginsBehindThePlaceOfTheSlide() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GO);
        byte[] deflated = Arrays.copyOfRange(blob, HEADER.size(), blob.length);
        List<Long> begun = new ArrayList<>();
        new TokenInflater((BlockStart block) -> !begun.add(block.plainOffset()), InflateLimits.standard())
                .inflate(new DeflateInput(new ByteArrayInputStream(deflated)), new ByteArrayOutputStream());
        assertThat(begun).contains((long) SIZE - REST);
    }

    @Test
    void provenBlobIsNotBegunSoNearItsEnd() throws IOException {
        Blobs.Scanned blob = Blobs.scan(Blobs.gzip(PLAIN, GO));
        assertThatAllAndTheEndComeBack(blob.proven(2), blob.blob());
    }

    @Test
    void attemptedBlobIsNotBegunSoNearItsEnd() throws IOException {
        byte[] blob = Blobs.gzip(PLAIN, GO);
        GzipTarget target = GzipTarget.of(Digest.sha256(blob), OptionalLong.of(blob.length));
        try (GzipAttempt attempt = new GzipAttempt(Blobs.CATALOG, GO, List.of(HEADER), SIZE, target)) {
            assertThat(attempt.write(PLAIN, 0, SIZE)).isTrue();
            GzipRecipe recipe = attempt.finish().orElseThrow();
            assertThatAllAndTheEndComeBack(recipe, blob);
        }
    }

    /// Whoever reads the end alone has it made from the nearest restart.
    private static void assertThatAllAndTheEndComeBack(GzipRecipe recipe, byte[] blob) throws IOException {
        assertThat(Blobs.rebuild(recipe, PLAIN, 2)).isEqualTo(blob);
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        new GzipRebuilder(Blobs.CATALOG, 1).rebuild(recipe, ByteSource.of(PLAIN), blob.length - 10L, 10, end);
        assertThat(end.toByteArray()).isEqualTo(Arrays.copyOfRange(blob, blob.length - 10, blob.length));
    }
}
