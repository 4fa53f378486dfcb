package dev.dray.layer.deflate.klauspost;

import java.util.Arrays;

/// How deep the leaves of a Huffman tree lie, for codes without a limit of length.
///
/// The two lightest nodes are joined first, and at equal weight a symbol goes before a joined pair. That rule decides
/// among trees of equal cost, so it is part of the output. Not thread safe.
final class HuffmanTree {
    private final int[] weights;
    private final int[] parents;

    HuffmanTree(int symbols) {
        weights = new int[symbols];
        parents = new int[2 * symbols];
    }

    /// Counts the leaves at each depth.
    ///
    /// @param sorted weights of the leaves above their lowest `shift` bits, lightest first, at least two
    /// @param depths filled with how many leaves lie at each depth
    /// @return the greatest depth, or one beyond the end of `depths` where the tree is deeper than it counts
    int measure(int[] sorted, int leaves, int shift, int[] depths) {
        join(sorted, leaves, shift);
        Arrays.fill(depths, 0);
        int[] inner = weights;
        inner[leaves - 2] = 0;
        int deepest = 0;
        for (int node = 2 * leaves - 3; node >= 0; node--) {
            int depth = inner[parents[node] - leaves] + 1;
            if (node >= leaves) {
                inner[node - leaves] = depth;
                continue;
            }
            if (depth >= depths.length) {
                return depths.length;
            }
            depths[depth]++;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /// Nodes are the leaves and behind them the pairs in the order of their making, which is that of their weights,
    /// too.
    private void join(int[] sorted, int leaves, int shift) {
        int leaf = 0;
        int pair = 0;
        for (int made = 0; made < leaves - 1; made++) {
            int weight = 0;
            for (int child = 0; child < 2; child++) {
                if (leaf < leaves && (pair >= made || sorted[leaf] >>> shift <= weights[pair])) {
                    weight += sorted[leaf] >>> shift;
                    parents[leaf++] = leaves + made;
                } else {
                    weight += weights[pair];
                    parents[leaves + pair++] = leaves + made;
                }
            }
            weights[made] = weight;
        }
    }
}
