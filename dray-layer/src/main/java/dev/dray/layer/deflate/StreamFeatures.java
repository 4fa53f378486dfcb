package dev.dray.layer.deflate;

import java.util.ArrayList;
import java.util.List;

/// The marks that tell one encoder from another in the first part of a deflate stream.
///
/// @param plainLooked plain bytes that were looked at, whole blocks
/// @param shortestMatch length of the shortest match, 0 without a match
/// @param farthestMatch greatest distance, 0 without a match
/// @param threes matches of length three
/// @param blocks the blocks looked at, in order
/// @param ended true when the stream ended within what was looked at
public record StreamFeatures(
        long plainLooked, int shortestMatch, int farthestMatch, long threes, List<Block> blocks, boolean ended) {

    /// One block.
    ///
    /// @param tokens its tokens without the end of the block, 0 for a stored block
    /// @param plainLength its plain bytes
    public record Block(BlockStart start, int tokens, long plainLength) {}

    public StreamFeatures {
        blocks = List.copyOf(blocks);
    }

    /// Most tokens in one block.
    public int mostTokens() {
        return blocks.stream().mapToInt(Block::tokens).max().orElse(0);
    }

    /// Plain offsets of the sync markers.
    public List<Long> syncMarkers() {
        return blocks.stream()
                .filter(block -> block.start().syncMarker())
                .map(block -> block.start().plainOffset())
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

    /// Gathers features while a stream is inflated, up to a number of plain bytes.
    public static final class Collector implements TokenListener {
        private static final long LOOK = 1L << 20;

        private final List<Block> blocks = new ArrayList<>();
        private int shortest = Integer.MAX_VALUE;
        private int farthest;
        private long threes;
        private long looked;
        private boolean ended;
        private BlockStart start = new BlockStart(0, 0, BlockKind.STORED, false, 0, 0, 0);
        private boolean hearing;
        private int count;

        @Override
        public boolean blockStarted(BlockStart block) {
            start = block;
            count = 0;
            hearing = block.plainOffset() <= LOOK;
            return hearing;
        }

        @Override
        public void tokens(int[] tokens, int size) {
            count += size;
            for (int i = 0; i < size; i++) {
                int length = tokens[i] >>> 16;
                if (length > 0) {
                    shortest = Math.min(shortest, length);
                    farthest = Math.max(farthest, tokens[i] & 0xffff);
                    threes += length == 3 ? 1 : 0;
                }
            }
        }

        @Override
        public void blockEnded(long plainOffset) {
            if (hearing) {
                blocks.add(new Block(start, count, plainOffset - start.plainOffset()));
                looked = plainOffset;
                ended = start.last();
            }
        }

        public StreamFeatures features() {
            return new StreamFeatures(
                    looked, shortest == Integer.MAX_VALUE ? 0 : shortest, farthest, threes, blocks, ended);
        }
    }
}
