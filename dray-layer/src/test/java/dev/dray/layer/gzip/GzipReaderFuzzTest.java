package dev.dray.layer.gzip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Any bytes are laid out without a gap, or refused.
class GzipReaderFuzzTest {
    private static final InflateLimits LIMITS =
            new InflateLimits(ByteSize.ofMebibytes(64), 1_100, Duration.ofSeconds(10));

    @FuzzTest(maxDuration = "20s")
    void laysOutOrRefuses(byte[] file) throws IOException {
        try {
            GzipLayout layout = new GzipReader(GzipListener.NONE, LIMITS)
                    .read(new ByteArrayInputStream(file), OutputStream.nullOutputStream());
            long at = 0;
            for (GzipMember member : layout.members()) {
                if (member.offset() != at) {
                    throw new AssertionError("a gap at " + at);
                }
                at = member.end();
            }
            if (layout.size() != file.length) {
                throw new AssertionError("%d of %d bytes".formatted(layout.size(), file.length));
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
