package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.KlauspostFamily;
import dev.dray.layer.encoders.PgzipFamily;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A gzip file of any members, with any bytes behind them, is made again from its plain bytes.
class RecipePropertyTest {
    /// A member as some tool would make it.
    record Member(EncoderId encoder, String kind, int size, long seed) {
        byte[] bytes() throws IOException {
            return Blobs.gzip(new Sample(kind, size, seed).bytes(), encoder);
        }
    }

    @Provide
    Arbitrary<Member> members() {
        Arbitrary<EncoderId> encoders = Arbitraries.of(List.of(
                GoFamily.id(1),
                GoFamily.id(6),
                GoFamily.id(9),
                KlauspostFamily.id(KlauspostEra.V1_18_2, 6),
                PgzipFamily.id(KlauspostEra.V1_18_2, 5, 1 << 20),
                PgzipFamily.id(KlauspostEra.V1_15_10, 5, 100_000),
                KlauspostFamily.id(KlauspostEra.V1_20_4, 1),
                KlauspostFamily.id(KlauspostEra.V1_20_4, -2),
                PgzipFamily.id(KlauspostEra.V1_20_4, 5, 1 << 20),
                PgzipFamily.id(KlauspostEra.V1_20_4, 9, 256 << 10),
                PgzipFamily.id(KlauspostEra.V1_18_2_LAZY, 7, 256 << 10),
                PgzipFamily.id(KlauspostEra.V1_15_15, 8, 256 << 10),
                Blobs.pigz(0, 128 << 10, false, false),
                Blobs.pigz(6, 512 << 10, false, true),
                Blobs.pigz(6, 128 << 10, false, false),
                Blobs.pigz(9, 32 << 10, true, false),
                Blobs.pigz(6, 128 << 10, false, true),
                Blobs.zlib(6, 8),
                Blobs.zlib(1, 9),
                Blobs.gnuGzip(6)));
        return Combinators.combine(
                        encoders,
                        Arbitraries.of("zeros", "noise", "text", "mixed"),
                        Arbitraries.integers().between(0, 700_000),
                        Arbitraries.longs().between(1, 1L << 40))
                .as(Member::new);
    }

    @Property(tries = 60)
    void rebuildOfSplitIsTheSame(
            @ForAll @Size(min = 1, max = 4) List<@From("members") Member> members,
            @ForAll @IntRange(max = 2) int padding)
            throws IOException {
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
