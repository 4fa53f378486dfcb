package dev.dray.layer.encoders;

import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.zlib.ZlibEncoders;
import dev.dray.layer.deflate.zlib.ZlibFamily;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// pigz, with `-b`, `-i` and `-R`: the Debian base image, nixpkgs.
///
/// Marks: blocks that begin on a byte at multiples of 128 KiB, behind sync markers or empty fixed blocks; no
/// distance beyond 32,506. Up to one block it is zlib's stream.
public final class PigzFamily implements EncoderFamily {
    private static final int DICTIONARY = 32 << 10;
    private static final int UNIT = 1 << 10;
    private static final int LAST_OF_SINGLE = 3;
    private static final int LARGEST_BLOCK = 64 << 20;
    /// Where the data says where blocks end, nothing tells their size: the usual one, and what people choose.
    private static final List<Integer> RSYNCABLE_SIZES = List.of(
            ZlibEncoders.PIGZ_BLOCK_SIZE, 1 << 20, 512 << 10, 256 << 10, 2 << 20, 4 << 20, 64 << 10, 32 << 10, 8 << 20);

    private final ZlibFamily family;

    /// @param family `PIGZ`, or `PIGZ_SINGLE` for one thread
    public PigzFamily(ZlibFamily family) {
        this.family = family;
    }

    public EncoderId id(int level, int blockSize, boolean independent, boolean rsyncable) {
        return new EncoderId(
                family.family(),
                family.era(),
                family.revision(),
                new Parameters(level, blockSize, independent ? 0 : DICTIONARY, 0, rsyncable));
    }

    @Override
    public String name() {
        return family.family();
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        List<Long> ends = ends(features);
        if (features.farthestMatch() > ZlibStreamFamily.FARTHEST || !cutOnBytes(features)) {
            return List.of();
        }
        List<Long> markers = features.syncMarkers();
        boolean independent = markers.size() > 1 && markers.get(0).equals(markers.get(1));
        List<EncoderId> ids = new ArrayList<>();
        for (int level : ZlibStreamFamily.levels(header)) {
            for (int blockSize : blockSizes(ends)) {
                ids.add(id(level, blockSize, independent, false));
            }
            for (int blockSize : RSYNCABLE_SIZES) {
                ids.add(id(level, blockSize, independent, true));
            }
        }
        return ids.stream().filter(id -> encoding(id).isPresent()).toList();
    }

    /// Plain offsets at which a block of pigz seems to end: behind an empty block, or on a byte at the usual place.
    private static List<Long> ends(StreamFeatures features) {
        return Stream.concat(
                        features.emptyBlocks().stream(),
                        features.blocks().stream()
                                .map(StreamFeatures.Block::start)
                                .filter(PigzFamily::usualPlace))
                .map(BlockStart::plainOffset)
                .filter(offset -> offset > 0)
                .distinct()
                .sorted()
                .toList();
    }

    /// Whether some block behind the first begins on a byte, which all blocks and pieces of pigz do.
    private static boolean cutOnBytes(StreamFeatures features) {
        return Stream.concat(
                        features.emptyBlocks().stream(),
                        features.blocks().stream().map(StreamFeatures.Block::start))
                .anyMatch(start -> start.plainOffset() > 0 && (start.bit() & 7) == 0);
    }

    private static boolean usualPlace(BlockStart start) {
        return (start.bit() & 7) == 0 && start.plainOffset() % ZlibEncoders.PIGZ_BLOCK_SIZE == 0;
    }

    /// The usual block size, and those of which the first ends may be multiples.
    private static Set<Integer> blockSizes(List<Long> ends) {
        Set<Integer> sizes = new LinkedHashSet<>();
        if (!ends.isEmpty() && ends.stream().allMatch(end -> end % ZlibEncoders.PIGZ_BLOCK_SIZE == 0)) {
            sizes.add(ZlibEncoders.PIGZ_BLOCK_SIZE);
        }
        long common = ends.stream().reduce(0L, PigzFamily::greatestCommonDivisor);
        for (int parts = 1; parts <= 4; parts++) {
            if (common % parts == 0 && known(common / parts)) {
                sizes.add((int) (common / parts));
            }
        }
        return sizes;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private static boolean known(long blockSize) {
        return blockSize >= DICTIONARY && blockSize <= LARGEST_BLOCK && blockSize % UNIT == 0;
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return List.of();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        Parameters parameters = id.parameters();
        int level = parameters.level();
        int blockSize = parameters.blockSize();
        boolean independent = parameters.dictionarySize() == 0;
        if (level < 0 || level > (single() ? LAST_OF_SINGLE : 9) || !known(blockSize)) {
            return Optional.empty();
        }
        if (!id.equals(id(level, blockSize, independent, parameters.rsyncable()))) {
            return Optional.empty();
        }
        boolean rsyncable = parameters.rsyncable();
        if (level == 0) {
            return rsyncable
                    ? Optional.empty()
                    : Optional.of(new Encoding.Blocked(
                            () -> ZlibEncoders.pigzStored(blockSize, independent, single()), false));
        }
        if (single()) {
            return Optional.of(new Encoding.Streamed(
                    sink -> ZlibEncoders.pigzSingle(level, blockSize, independent, rsyncable, sink)));
        }
        return Optional.of(
                rsyncable
                        ? new Encoding.Streamed(sink -> ZlibEncoders.pigzRsyncable(level, blockSize, independent, sink))
                        : new Encoding.Blocked(() -> ZlibEncoders.pigz(level, blockSize, independent), false));
    }

    private boolean single() {
        return family == ZlibFamily.PIGZ_SINGLE;
    }
}
