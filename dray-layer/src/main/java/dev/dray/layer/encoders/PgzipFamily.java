package dev.dray.layer.encoders;

import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// klauspost/pgzip: podman, buildah, skopeo, CRI-O (blocks of 1 MiB), umoci (256 KiB before 2025), apko.
///
/// Marks: a sync marker at the end of each block, and in the header the modification time that Go's zero time
/// gives.
public final class PgzipFamily implements EncoderFamily {
    static final String NAME = "pgzip";
    private static final int DICTIONARY = 16 << 10;
    /// In bytes: a block is longer than the dictionary before it.
    public static final int SMALLEST_BLOCK = DICTIONARY + 1;

    private static final int LARGEST_BLOCK = 64 << 20;
    private static final int USUAL_BLOCK = 1 << 20;
    private static final long ZERO_TIME = 0x886e_0900L;

    public static EncoderId id(KlauspostEra era, int level, int blockSize) {
        return new EncoderId(NAME, era.label(), era.revision(), Parameters.blocks(level, blockSize, DICTIONARY));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        List<Long> markers = features.syncMarkers();
        if (markers.isEmpty() || (features.threes() > 0 && header.modified() != ZERO_TIME)) {
            return List.of();
        }
        long first = markers.getFirst();
        boolean single = markers.size() == 1;
        long blockSize = single ? Math.max(first + 1, USUAL_BLOCK) : first;
        if (blockSize < SMALLEST_BLOCK || blockSize > LARGEST_BLOCK) {
            return List.of();
        }
        return levels(header)
                .boxed()
                .flatMap(level -> eras(level, (int) blockSize))
                .toList();
    }

    private static IntStream levels(GzipHeader header) {
        return switch (header.effort()) {
            case 2 -> IntStream.of(9, 8, 7, 6, 5);
            case 4 -> IntStream.of(1, 2, 3, 4, 5, 6);
            default -> IntStream.of(KlauspostEra.DEFAULT_LEVEL, 6, 7, 8, 4, 3, 2, 1, 9, 0, -2);
        };
    }

    private static Stream<EncoderId> eras(int level, int blockSize) {
        return KlauspostFamily.eras(level).stream().map(era -> id(era, level, blockSize));
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return eras(id.parameters().level(), id.parameters().blockSize())
                .filter(sibling -> !sibling.equals(id))
                .toList();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        int level = id.parameters().level();
        int blockSize = id.parameters().blockSize();
        if (blockSize < SMALLEST_BLOCK || blockSize > LARGEST_BLOCK) {
            return Optional.empty();
        }
        return KlauspostFamily.era(id)
                .filter(era -> id.equals(id(era, level, blockSize)))
                .map(era -> new Encoding.Blocked(() -> era.pgzip(level, blockSize), true));
    }
}
