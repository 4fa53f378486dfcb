package dev.dray.layer.deflate;

import java.util.ArrayList;
import java.util.List;

/// The marks that tell one encoder from another: those of the first part of a deflate stream, and the empty blocks of
/// all of it.
///
/// @param plainLooked plain bytes that were looked at, whole blocks
/// @param shortestMatch length of the shortest match, 0 without a match
/// @param farthestMatch greatest distance, 0 without a match
/// @param threes matches of length three
/// @param blocks the blocks looked at, in order
/// @param emptyBlocks the first blocks without plain bytes, the last block aside, wherever in the stream they lie
/// @param ended true when no plain byte lies behind what was looked at
public record StreamFeatures(
        long plainLooked,
        int shortestMatch,
        int farthestMatch,
        long threes,
        List<Block> blocks,
        List<BlockStart> emptyBlocks,
        boolean ended) {

    /// One block.
    ///
    /// @param tokens its tokens without the end of the block, 0 for a stored block
    /// @param plainLength its plain bytes
    public record Block(BlockStart start, int tokens, long plainLength) {}

    public StreamFeatures {
        blocks = List.copyOf(blocks);
        emptyBlocks = List.copyOf(emptyBlocks);
    }

    /// Most tokens in one block.
    public int mostTokens() {
        return blocks.stream().mapToInt(Block::tokens).max().orElse(0);
    }

    /// Plain offsets of the first sync markers, wherever in the stream they lie.
    public List<Long> syncMarkers() {
        return emptyBlocks.stream()
                .filter(BlockStart::syncMarker)
                .map(BlockStart::plainOffset)
                .toList();
    }

    /// Whether every coded block that was not cut short by the end of the stream has as many tokens.
    public boolean endsBlocksAtTokens(int tokens) {
        return full().stream().allMatch(block -> block.start().kind() == BlockKind.STORED || block.tokens() == tokens);
    }

    /// Whether the plain length of every block that was not cut short by the end of the stream is a multiple of
    /// this.
    public boolean endsBlocksAtMultiplesOf(int length) {
        return full().stream().allMatch(block -> block.plainLength() % length == 0);
    }

    /// The blocks without the last one that has content, and what follows it.
    private List<Block> full() {
        int end = blocks.size();
        while (ended && end > 0 && blocks.get(end - 1).plainLength() == 0) {
            end--;
        }
        return blocks.subList(0, ended ? Math.max(0, end - 1) : end);
    }

    /// Gathers features while a stream is inflated.
    ///
    /// It looks at the first MiB of plain bytes, and farther where these are uniform: until enough tokens told
    /// something, which a match of the greatest length does not.
    public static final class Collector implements TokenListener {
        private static final long LOOK = 1L << 20;
        private static final long FARTHEST_LOOK = 64L << 20;
        private static final int TELLING_TOKENS = 8 << 10;
        /// A match that long is what encoders make of a repeated block.
        private static final int LONG = 250;
        private static final int MOST_EMPTY_BLOCKS = 256;

        private final List<Block> blocks = new ArrayList<>();
        private final List<BlockStart> emptyBlocks = new ArrayList<>();
        private int shortest = Integer.MAX_VALUE;
        private int farthest;
        private long threes;
        private long telling;
        private long looked;
        private boolean ended = true;
        private BlockStart start = new BlockStart(0, 0, BlockKind.STORED, false, 0, 0, 0);
        private boolean hearing = true;
        private int count;

        @Override
        public boolean blockStarted(BlockStart block) {
            start = block;
            count = 0;
            hearing = hearing
                    && (block.plainOffset() <= LOOK
                            || (telling < TELLING_TOKENS && block.plainOffset() <= FARTHEST_LOOK));
            return hearing;
        }

        @Override
        public void tokens(int[] tokens, int size) {
            count += size;
            for (int i = 0; i < size; i++) {
                int length = tokens[i] >>> 16;
                telling += length < LONG ? 1 : 0;
                if (length > 0) {
                    shortest = Math.min(shortest, length);
                    farthest = Math.max(farthest, tokens[i] & 0xffff);
                    threes += length == 3 ? 1 : 0;
                }
            }
        }

        @Override
        public void blockEnded(long plainOffset) {
            long length = plainOffset - start.plainOffset();
            if (length == 0 && !start.last() && emptyBlocks.size() < MOST_EMPTY_BLOCKS) {
                emptyBlocks.add(start);
            }
            if (hearing) {
                blocks.add(new Block(start, count, length));
                looked = plainOffset;
            } else {
                ended = ended && length == 0;
            }
        }

        public StreamFeatures features() {
            return new StreamFeatures(
                    looked, shortest == Integer.MAX_VALUE ? 0 : shortest, farthest, threes, blocks, emptyBlocks, ended);
        }
    }
}
