package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.DeflateAlphabet;
import java.util.Arrays;

/// Builds the Huffman code of given frequencies with a longest code, as Go does: package-merge with leaves in
/// the order (frequency, symbol), where of equal weights a package comes before a leaf; one or two symbols get
/// one bit each.
///
/// Package-merge: Larmore, Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990. The
/// weights of each level are kept in one array; which of them are leaves follows from counting, from the top
/// level down, how many items of the level below the chosen ones use up. Not thread safe.
final class PackageMerge {
    private static final int MAX_WIDTH = 15;

    private final long[] leaves;
    private final int[][] weights;
    private final boolean[][] isLeaf;
    private final int[] sizes = new int[MAX_WIDTH + 1];
    private final int[] widthCounts = new int[MAX_WIDTH + 1];
    private final int[] nextCode = new int[MAX_WIDTH + 2];

    /// Code of each symbol, first bit lowest, and its width; width 0 for a symbol that does not occur.
    final int[] codes;

    final byte[] widths;

    PackageMerge(int symbols) {
        leaves = new long[symbols];
        weights = new int[MAX_WIDTH + 1][2 * symbols];
        isLeaf = new boolean[MAX_WIDTH + 1][2 * symbols];
        codes = new int[symbols];
        widths = new byte[symbols];
    }

    void build(int[] frequencies, int longest) {
        int count = 0;
        Arrays.fill(widths, (byte) 0);
        for (int symbol = 0; symbol < widths.length; symbol++) {
            if (frequencies[symbol] != 0) {
                leaves[count++] = (long) frequencies[symbol] << 16 | symbol;
            }
        }
        if (count <= 2) {
            for (int i = 0; i < count; i++) {
                int symbol = (int) leaves[i] & 0xffff;
                codes[symbol] = i;
                widths[symbol] = 1;
            }
            return;
        }
        Arrays.sort(leaves, 0, count);
        int depth = Math.min(longest, count - 1);
        merge(count, depth);
        assignWidths(count, depth);
        assignCodes();
    }

    private void merge(int count, int depth) {
        sizes[0] = 0;
        for (int level = 1; level <= depth; level++) {
            int[] below = weights[level - 1];
            int packages = sizes[level - 1] / 2;
            int[] target = weights[level];
            boolean[] leaf = isLeaf[level];
            int nextLeaf = 0;
            int nextPackage = 0;
            int size = 0;
            int wanted = Math.min(count + packages, 2 * count - 2);
            while (size < wanted) {
                int packed = nextPackage < packages
                        ? below[2 * nextPackage] + below[2 * nextPackage + 1]
                        : Integer.MAX_VALUE;
                int weight = nextLeaf < count ? (int) (leaves[nextLeaf] >>> 16) : Integer.MAX_VALUE;
                leaf[size] = weight < packed;
                if (leaf[size]) {
                    nextLeaf++;
                } else {
                    nextPackage++;
                }
                target[size++] = Math.min(weight, packed);
            }
            sizes[level] = size;
        }
    }

    /// The leaves of each level are its lightest, so a symbol's width is the number of levels that use it as a
    /// leaf.
    private void assignWidths(int count, int depth) {
        int items = 2 * count - 2;
        for (int level = depth; level >= 1; level--) {
            int used = 0;
            for (int i = 0; i < items; i++) {
                used += isLeaf[level][i] ? 1 : 0;
            }
            for (int i = 0; i < used; i++) {
                widths[(int) leaves[i] & 0xffff]++;
            }
            items = 2 * (items - used);
        }
    }

    private void assignCodes() {
        Arrays.fill(widthCounts, 0);
        for (byte width : widths) {
            widthCounts[width]++;
        }
        widthCounts[0] = 0;
        int code = 0;
        for (int width = 1; width <= MAX_WIDTH; width++) {
            code = (code + widthCounts[width - 1]) << 1;
            nextCode[width] = code;
        }
        for (int symbol = 0; symbol < widths.length; symbol++) {
            if (widths[symbol] > 0) {
                codes[symbol] = DeflateAlphabet.reverse(nextCode[widths[symbol]]++, widths[symbol]);
            }
        }
    }

    /// Bits that these occurrences take in this code.
    int cost(int[] frequencies) {
        int total = 0;
        for (int symbol = 0; symbol < widths.length; symbol++) {
            total += frequencies[symbol] * widths[symbol];
        }
        return total;
    }
}
