package dev.dray.store.pack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.nio.ByteBuffer;

class PackFooterFuzzTest {
    private static final byte[] END = {1, 'd', 'r', 'a', 'y', 'p', 'a', 'k'};

    @FuzzTest(maxDuration = "20s")
    void readsOrRefuses(byte[] body) {
        byte[] tail = ByteBuffer.allocate(48)
                .put(Digest.sha256(body).toByteArray())
                .putLong(body.length)
                .put(END)
                .array();
        try {
            PackFooter footer = PackFooter.parse(body, tail);
            long end = 0;
            for (PackedObject object : footer.objects()) {
                if (object.offset() < end || object.end() > footer.rawSize()) {
                    throw new AssertionError("object at %d of %d".formatted(object.offset(), footer.rawSize()));
                }
                end = object.end();
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
