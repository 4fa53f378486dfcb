package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// [RarestChain] against the plain walk, over bytes whose chains are crowded, empty, and everything between.
final class RarestChainTest {
    private static final int LENGTH = 20_000;

    @ParameterizedTest
    @CsvSource({
        "2, 1, 4096",
        "2, 40, 128",
        "3, 8, 300",
        "4, 200, 1024",
        "16, 30, 4096",
        "250, 6, 128",
        "250, 500, 4096",
    })
    void theMatchIsThatOfThePlainWalk(int alphabet, int repeated, int chances) {
        byte[] data = data(alphabet, repeated);
        for (Hashing hashing : new Hashing[] {Hashing.ROLLING, Hashing.CASTAGNOLI_THREE, Hashing.PRODUCT}) {
            SlidingWindow window = new SlidingWindow(15, hashing);
            RarestChain rarest = new RarestChain(window);
            window.append(data, 0, data.length);
            int longer = 0;
            for (int position = 0; position < data.length - 4; position++) {
                int first = window.head(position);
                window.insert(position);
                int lookahead = data.length - position;
                int best = 2 + position % 12;
                if (first > 0 && position - first <= SlidingWindow.MAX_DISTANCE && best < lookahead) {
                    int enough = Math.min(position % 3 == 0 ? 258 : 64, lookahead);
                    int found = rarest.find(first, lookahead, best, enough, chances, position);
                    assertThat(found)
                            .as("at %d, hash %s", position, hashing)
                            .isEqualTo(LongestMatch.find(window, first, lookahead, best, enough, chances, position));
                    longer += found >>> 16 > best ? 1 : 0;
                }
            }
            assertThat(longer).isGreaterThan(LENGTH / 100);
        }
    }

    /// Letters by chance, and in between pieces of what came before.
    private static byte[] data(int alphabet, int repeated) {
        Random random = new Random(alphabet * 31L + repeated);
        byte[] data = new byte[LENGTH];
        int at = 0;
        while (at < LENGTH) {
            if (at > 300 && random.nextInt(4) == 0) {
                int length = Math.min(LENGTH - at, 3 + random.nextInt(repeated * 2));
                int from = random.nextInt(at - length > 0 ? at - length : at);
                for (int i = 0; i < length; i++) {
                    data[at++] = data[from + i];
                }
            } else {
                data[at++] = (byte) random.nextInt(alphabet);
            }
        }
        return data;
    }
}
