package dev.dray.layer.encoders;

import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.zlib.ZlibEncoders;
import dev.dray.layer.deflate.zlib.ZlibFamily;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// zlib and GNU gzip, which share their tokens: Jib and other Java, python, bsdtar; `gzip`. And the zlib that is built
/// into Node, with other hash functions: npm packages.
///
/// Marks: no distance beyond 32,506; zlib and Node end blocks at 16,383 tokens, or 32,767 at memory level 9, GNU gzip
/// at 32,767 or sooner.
final class ZlibStreamFamily implements EncoderFamily {
    /// Distance of the farthest match that zlib looks for, and pigz with it.
    static final int FARTHEST = 32_506;

    private static final int LARGE_MEMORY_LEVEL = 9;
    private static final int LARGE_BLOCK_TOKENS = 32_767;
    private static final int BLOCK_TOKENS = 16_383;

    private final ZlibFamily family;

    ZlibStreamFamily(ZlibFamily family) {
        this.family = family;
    }

    private EncoderId id(int level, int memoryLevel, boolean rsyncable) {
        Parameters parameters = new Parameters(level, 0, 0, memoryLevel, rsyncable);
        return new EncoderId(family.family(), family.era(), family.revision(), parameters);
    }

    @Override
    public String name() {
        return family.family();
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        boolean markers = !features.syncMarkers().isEmpty();
        if (features.farthestMatch() > FARTHEST || (markers && family != ZlibFamily.GNU_GZIP)) {
            return List.of();
        }
        IntStream memoryLevels = switch (family) {
            case ZLIB, NODE_12, NODE_18 -> zlibMemoryLevels(features);
            case GNU_GZIP ->
                features.mostTokens() <= LARGE_BLOCK_TOKENS
                        ? IntStream.of(ZlibEncoders.MEMORY_LEVEL)
                        : IntStream.empty();
            case PIGZ, PIGZ_SINGLE -> IntStream.empty();
        };
        List<Integer> order = levels(header);
        List<Integer> usable = memoryLevels.boxed().toList();
        return Stream.of(false, true)
                .filter(rsyncable -> rsyncable || !markers)
                .flatMap(rsyncable -> usable.stream()
                        .flatMap(memoryLevel -> order.stream().map(level -> id(level, memoryLevel, rsyncable))))
                .filter(id -> encoding(id).isPresent())
                .toList();
    }

    private static IntStream zlibMemoryLevels(StreamFeatures features) {
        return IntStream.of(ZlibEncoders.MEMORY_LEVEL, LARGE_MEMORY_LEVEL)
                .filter(memoryLevel -> features.endsBlocksAtTokens(
                        memoryLevel == LARGE_MEMORY_LEVEL ? LARGE_BLOCK_TOKENS : BLOCK_TOKENS));
    }

    /// Levels by what the header says of them, likeliest first.
    static List<Integer> levels(GzipHeader header) {
        return switch (header.effort()) {
            case 2 -> List.of(9, 6, 8, 7, 5, 4, 3, 2, 1, 0);
            case 4 -> List.of(1, 2, 3, 6, 9, 5, 4, 7, 8, 0);
            default -> List.of(6, 9, 5, 7, 8, 4, 3, 2, 1, 0);
        };
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return List.of();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        Parameters parameters = id.parameters();
        int level = parameters.level();
        int memoryLevel = parameters.memoryLevel();
        boolean rsyncable = parameters.rsyncable();
        int lowest = family == ZlibFamily.ZLIB ? 0 : 1;
        int highestMemory = family == ZlibFamily.GNU_GZIP ? ZlibEncoders.MEMORY_LEVEL : LARGE_MEMORY_LEVEL;
        boolean known = level >= lowest
                && level <= 9
                && memoryLevel >= ZlibEncoders.MEMORY_LEVEL
                && memoryLevel <= highestMemory
                && (!rsyncable || family == ZlibFamily.GNU_GZIP)
                && id.equals(id(level, memoryLevel, rsyncable));
        if (!known) {
            return Optional.empty();
        }
        return switch (family) {
            case ZLIB -> Optional.of(new Encoding.Streamed(sink -> ZlibEncoders.zlib(level, memoryLevel, sink)));
            case NODE_12 ->
                Optional.of(new Encoding.Streamed(sink -> ZlibEncoders.node(true, level, memoryLevel, sink)));
            case NODE_18 ->
                Optional.of(new Encoding.Streamed(sink -> ZlibEncoders.node(false, level, memoryLevel, sink)));
            case GNU_GZIP -> Optional.of(new Encoding.Streamed(sink -> ZlibEncoders.gnuGzip(level, rsyncable, sink)));
            case PIGZ, PIGZ_SINGLE -> Optional.empty();
        };
    }
}
