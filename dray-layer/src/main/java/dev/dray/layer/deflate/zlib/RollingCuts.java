package dev.dray.layer.deflate.zlib;

/// Where `gzip --rsyncable` ends blocks: where the sum of the last 4,096 bytes is a multiple of 4,096. Not thread safe.
final class RollingCuts {
    static final int NONE = Integer.MAX_VALUE;

    private static final int SPAN = 4096;

    private final SlidingWindow window;
    private int sum;
    /// Up to where the window was looked at.
    private int scanned;
    private int cut;

    RollingCuts(SlidingWindow window) {
        this.window = window;
    }

    /// The first cut behind a place of the window, as far as its bytes are known; else [#NONE].
    int after(int position) {
        if (cut > position) {
            return cut;
        }
        byte[] bytes = window.bytes;
        int end = window.position + window.lookahead;
        while (scanned < end) {
            sum += bytes[scanned] & 0xff;
            if (scanned >= SPAN) {
                sum -= bytes[scanned - SPAN] & 0xff;
            }
            scanned++;
            if (scanned > SPAN && scanned > position && sum % SPAN == 0) {
                cut = scanned;
                return cut;
            }
        }
        return NONE;
    }

    /// Follows the window, whose upper half moved down.
    void slide() {
        scanned -= SlidingWindow.SIZE;
        cut -= SlidingWindow.SIZE;
    }
}
