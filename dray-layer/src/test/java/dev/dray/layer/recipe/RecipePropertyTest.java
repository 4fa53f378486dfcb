package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.KlauspostFamily;
import dev.dray.layer.encoders.PgzipFamily;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.io.IOException;
import java.util.List;

/// A gzip file of any members, with any bytes behind them, is made again from its plain bytes.
class RecipePropertyTest {
    private static final List<EncoderId> ENCODERS = List.of(
            GoFamily.id(1),
            GoFamily.id(6),
            GoFamily.id(9),
            KlauspostFamily.id(KlauspostEra.V1_18_2, 6),
            PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20),
            PgzipFamily.id(KlauspostEra.V1_15_10, 5, 100_000),
            Blobs.pigz(6, 128 << 10, false, false),
            Blobs.pigz(9, 32 << 10, true, false),
            Blobs.pigz(6, 128 << 10, false, true),
            Blobs.zlib(6, 8),
            Blobs.zlib(1, 9),
            Blobs.gnuGzip(6));

    /// A member as some tool would make it.
    record Member(EncoderId encoder, String kind, int size, long seed) {
        byte[] bytes() throws IOException {
            return Blobs.gzip(new Sample(kind, size, seed).bytes(), encoder);
        }
    }

    private static Member member(Draw draw) {
        return new Member(
                draw.oneOf(ENCODERS),
                draw.oneOf("zeros", "noise", "text", "mixed"),
                draw.between(0, 700_000),
                1 + (draw.seed() >>> 24));
    }

    @Cases(60)
    void rebuildOfSplitIsTheSame(Draw draw) throws IOException {
        List<Member> members = draw.list(1, 4, () -> member(draw));
        int padding = draw.between(0, 2);
        byte[][] parts = new byte[members.size() + 1][];
        for (int i = 0; i < members.size(); i++) {
            parts[i] = members.get(i).bytes();
        }
        parts[members.size()] = new byte[padding * 512];
        Blobs.Scanned blob = Blobs.scan(parts);
        GzipRecipe recipe = blob.proven(1 + padding % 2);
        assertThat(Blobs.rebuild(recipe, blob.plain(), 2)).isEqualTo(blob.blob());
    }
}
