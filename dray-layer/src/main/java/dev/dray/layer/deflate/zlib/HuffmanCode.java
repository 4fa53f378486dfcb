package dev.dray.layer.deflate.zlib;

import java.util.Arrays;

/// A Huffman code built from frequencies the way zlib builds it.
///
/// Where frequencies are equal, the shallower subtree goes first, then what the heap has on top: the heap is therefore
/// part of the output. Codes that grow too long are cut by lifting leaves. At least two symbols get a code. Not thread
/// safe.
final class HuffmanCode {
    private static final int MAX_LENGTH = 15;

    /// By symbol, before [#build]; nodes of the tree follow.
    final int[] frequencies;
    /// By symbol, after [#build]: the length of the code shifted left by 16, and the code, first bit lowest.
    final int[] codes;
    /// The last symbol that has a code, after [#build].
    int lastSymbol;

    private final int symbols;
    private final int limit;
    private final int[] extra;
    private final int[] parents;
    private final int[] lengths;
    private final int[] depths;
    /// From 1 on a heap of the nodes without a parent; at the end the nodes that have one, the most frequent first.
    private final int[] heap;
    private final int[] lengthCounts = new int[MAX_LENGTH + 1];
    private final int[] nextCodes = new int[MAX_LENGTH + 1];
    private final int[] forced = new int[2];
    private int heapSize;
    private int sorted;

    /// @param limit of the length of a code
    /// @param extra bits behind each symbol
    HuffmanCode(int symbols, int limit, int[] extra) {
        int nodes = 2 * symbols + 1;
        this.symbols = symbols;
        this.limit = limit;
        this.extra = extra;
        this.frequencies = new int[nodes];
        this.codes = new int[symbols];
        this.parents = new int[nodes];
        this.lengths = new int[nodes];
        this.depths = new int[nodes];
        this.heap = new int[nodes];
    }

    void clear() {
        Arrays.fill(frequencies, 0, symbols, 0);
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /// Builds the code.
    ///
    /// @return the bits that all symbols take with it, extra bits included
    long build() {
        collect();
        int forced = force();
        for (int n = heapSize / 2; n >= 1; n--) {
            sink(n);
        }
        grow();
        measure();
        number();
        unforce(forced);
        return bits(codes);
    }

    /// The bits that all symbols would take with another code, extra bits included.
    long bits(int[] otherCodes) {
        long bits = 0;
        for (int symbol = 0; symbol <= lastSymbol; symbol++) {
            bits += (long) frequencies[symbol] * ((otherCodes[symbol] >>> 16) + extra[symbol]);
        }
        return bits;
    }

    /// Fills the heap with the symbols that occur.
    private void collect() {
        heapSize = 0;
        lastSymbol = -1;
        for (int symbol = 0; symbol < symbols; symbol++) {
            lengths[symbol] = 0;
            if (frequencies[symbol] != 0) {
                lastSymbol = symbol;
                heap[++heapSize] = symbol;
                depths[symbol] = 0;
            }
        }
    }

    /// Adds symbols that do not occur until there are two.
    ///
    /// @return how many
    private int force() {
        int forced = 0;
        while (heapSize < 2) {
            int symbol = lastSymbol < 2 ? ++lastSymbol : 0;
            heap[++heapSize] = symbol;
            frequencies[symbol] = 1;
            depths[symbol] = 0;
            this.forced[forced++] = symbol;
        }
        return forced;
    }

    private void unforce(int count) {
        for (int i = 0; i < count; i++) {
            frequencies[forced[i]] = 0;
        }
    }

    private void sink(int index) {
        int node = heap[index];
        int hole = index;
        int child = hole << 1;
        while (child <= heapSize) {
            if (child < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(node, heap[child])) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
            child <<= 1;
        }
        heap[hole] = node;
    }

    private boolean before(int node, int other) {
        return frequencies[node] < frequencies[other]
                || (frequencies[node] == frequencies[other] && depths[node] <= depths[other]);
    }

    /// Joins the two rarest nodes until one is left.
    private void grow() {
        sorted = heap.length;
        int node = symbols;
        do {
            int first = heap[1];
            heap[1] = heap[heapSize--];
            sink(1);
            int second = heap[1];
            heap[--sorted] = first;
            heap[--sorted] = second;
            frequencies[node] = frequencies[first] + frequencies[second];
            depths[node] = Math.max(depths[first], depths[second]) + 1;
            parents[first] = node;
            parents[second] = node;
            heap[1] = node++;
            sink(1);
        } while (heapSize >= 2);
        heap[--sorted] = heap[1];
    }

    /// Sets the lengths, from the root down.
    private void measure() {
        Arrays.fill(lengthCounts, 0);
        lengths[heap[sorted]] = 0;
        int overflow = 0;
        for (int h = sorted + 1; h < heap.length; h++) {
            int node = heap[h];
            int length = lengths[parents[node]] + 1;
            if (length > limit) {
                length = limit;
                overflow++;
            }
            lengths[node] = length;
            if (node < symbols) {
                lengthCounts[length]++;
            }
        }
        if (overflow > 0) {
            shorten(overflow);
        }
    }

    /// Moves leaves down to make room for those that are too deep, and gives the lengths out anew, the longest to
    /// the rarest.
    private void shorten(int overflow) {
        for (int left = overflow; left > 0; left -= 2) {
            int length = limit - 1;
            while (lengthCounts[length] == 0) {
                length--;
            }
            lengthCounts[length]--;
            lengthCounts[length + 1] += 2;
            lengthCounts[limit]--;
        }
        int h = heap.length;
        for (int length = limit; length != 0; length--) {
            for (int n = lengthCounts[length]; n > 0; ) {
                int node = heap[--h];
                if (node < symbols) {
                    lengths[node] = length;
                    n--;
                }
            }
        }
    }

    private void number() {
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code = (code + lengthCounts[length - 1]) << 1;
            nextCodes[length] = code;
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[symbol];
            codes[symbol] = length == 0 ? 0 : packed(nextCodes[length]++, length);
        }
    }

    /// A code as in [#codes].
    static int packed(int code, int length) {
        return length << 16 | Integer.reverse(code) >>> (32 - length);
    }
}
