package dev.dray.layer.deflate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Optional;

/// Any bytes inflate as zlib inflates them, or are refused as corrupt where zlib refuses them.
class TokenInflaterFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void judgesAsZlibDoes(byte[] deflated) throws IOException {
        Optional<String> ours = TokenInflaterTest.tryInflate(deflated);
        Optional<String> theirs = JdkDeflate.tryInflate(deflated);
        if (!ours.equals(theirs)) {
            throw new AssertionError("%s, zlib: %s".formatted(ours, theirs));
        }
    }
}
