package dev.dray.layer.encoders;

import dev.dray.layer.deflate.DeflateAlphabet;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// klauspost/compress as a single stream; its newest era is also `compress/flate` from Go 1.27 on.
///
/// Marks: blocks of 65,535 plain bytes or multiples, where a code goes on (32,768 tokens from level 7 on, 32 KiB at
/// level
/// -2), no sync markers.
public final class KlauspostFamily implements EncoderFamily {
    private static final int LAZY_BLOCK_TOKENS = 32_768;
    private static final int FIRST_LAZY_LEVEL = 7;
    private static final int LITERALS_ONLY = -2;
    private static final int LITERALS_CHUNK = 32 << 10;

    public static EncoderId id(KlauspostEra era, int level) {
        return new EncoderId(KlauspostEra.FAMILY, era.label(), era.revision(), Parameters.level(level));
    }

    /// As far as they have this level: first that of Go 1.27 and of most tools of today, then newest first.
    static List<KlauspostEra> eras(int level) {
        return Arrays.stream(KlauspostEra.values())
                .filter(era -> era.supports(level))
                .sorted(Comparator.comparing((KlauspostEra era) -> era != KlauspostEra.V1_18_2)
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
    }

    private static Stream<KlauspostEra> streamEras(int level) {
        return eras(level).stream().filter(era -> era.differsAsStream(level));
    }

    static Optional<KlauspostEra> era(EncoderId id) {
        return Arrays.stream(KlauspostEra.values())
                .filter(era -> era.label().equals(id.era())
                        && era.revision() == id.revision()
                        && era.supports(id.parameters().level()))
                .findFirst();
    }

    @Override
    public String name() {
        return KlauspostEra.FAMILY;
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        if (!features.syncMarkers().isEmpty()) {
            return List.of();
        }
        List<Integer> order = switch (header.effort()) {
            case 2 -> List.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -2);
            case 4 -> List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, -2);
            default -> List.of(6, 5, 7, 8, 9, 4, 3, 2, 1, 0, -2);
        };
        boolean lazy = features.endsBlocksAtTokens(LAZY_BLOCK_TOKENS);
        boolean chunks = features.endsBlocksAtMultiplesOf(DeflateAlphabet.MAX_STORED);
        boolean literals = features.shortestMatch() == 0 && features.endsBlocksAtMultiplesOf(LITERALS_CHUNK);
        return order.stream()
                .filter(level -> level == LITERALS_ONLY ? literals : level >= FIRST_LAZY_LEVEL ? lazy : chunks)
                .flatMap(level -> streamEras(level).map(era -> id(era, level)))
                .toList();
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return streamEras(id.parameters().level())
                .map(era -> id(era, id.parameters().level()))
                .filter(sibling -> !sibling.equals(id))
                .toList();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        int level = id.parameters().level();
        return era(id).filter(era -> id.equals(id(era, level)))
                .map(era -> new Encoding.Streamed(sink -> era.stream(level, sink)));
    }
}
