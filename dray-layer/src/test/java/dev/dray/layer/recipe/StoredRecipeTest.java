package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.PgzipFamily;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A recipe that was stored once must be read, and rebuild the same blob, for ever.
///
/// The file is never changed; with the system property `dray.update` it is written, for a new version beside the old.
class StoredRecipeTest {
    private static final String FILE = "version-1.recipe.hex";
    private static final byte[] FIRST = Sample.mixed(9_000_000, 101);
    private static final byte[] SECOND = Sample.mixed(2_500_000, 102);
    private static final byte[] THIRD = Sample.mixed(300_000, 103);

    @Test
    void theRecipeOfVersionOneIsReadAndRebuilds() throws IOException {
        if (Boolean.getBoolean("dray.update")) {
            Files.writeString(
                    Path.of("src/test/resources/dev/dray/layer/recipe", FILE),
                    HexFormat.of().formatHex(made().toBytes().toByteArray()) + "\n");
        }
        GzipRecipe stored = GzipRecipe.parse(RawBytes.copyOf(HexFormat.of().parseHex(read())));
        assertThat(stored.members()).hasSize(3);
        byte[] blob = Blobs.rebuild(stored, Blobs.concat(FIRST, SECOND, THIRD), 2);
        assertThat(Digest.sha256(blob)).isEqualTo(stored.digest());
        assertThat(stored.toBytes().toByteArray()).isEqualTo(HexFormat.of().parseHex(read()));
    }

    private static GzipRecipe made() throws IOException {
        List<byte[]> members = List.of(
                Blobs.go(FIRST, 6),
                Blobs.gzip(SECOND, PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20)),
                Blobs.gzip(THIRD, Blobs.gnuGzip(6)));
        return Blobs.scan(members.get(0), members.get(1), members.get(2), new byte[1_024])
                .proven(1);
    }

    private static String read() throws IOException {
        try (InputStream in = Objects.requireNonNull(StoredRecipeTest.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
