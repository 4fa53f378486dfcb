package dev.dray.layer.deflate.zlib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.deflate.BlockEncoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PigzBlocksTest {
    private static final byte[] PLAIN = SampleInputs.named("tar");

    @ParameterizedTest
    @CsvSource({"1,false", "6,false", "9,false", "6,true"})
    void blocksMadeOnManyThreadsAreThoseMadeInOrder(int level, boolean independent)
            throws ExecutionException, InterruptedException {
        BlockEncoder inOrder = ZlibEncoders.pigz(level, 32 << 10, independent);
        assertThat(inParallel(level, independent)).isEqualTo(NamedEncoder.blocks(PLAIN, inOrder));
    }

    @Test
    void encoderMakesBlocksInAnyOrder() {
        BlockEncoder encoder = ZlibEncoders.pigz(6, 64 << 10, false);
        List<byte[]> backwards = new ArrayList<>();
        for (int start = PLAIN.length - encoder.blockSize(); start >= 0; start -= encoder.blockSize()) {
            backwards.add(block(start, encoder));
        }
        Collections.reverse(backwards);
        assertThat(join(backwards)).isEqualTo(NamedEncoder.blocks(PLAIN, encoder));
    }

    @Test
    void independentBlocksNeedNoDictionary() {
        assertThat(ZlibEncoders.pigz(6, 32 << 10, true).dictionarySize()).isZero();
        assertThat(ZlibEncoders.pigz(6, 32 << 10, false).dictionarySize()).isEqualTo(32 << 10);
    }

    private static byte[] inParallel(int level, boolean independent) throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<byte[]>> blocks = new ArrayList<>();
            for (int start = 0; start < PLAIN.length; start += 32 << 10) {
                int from = start;
                blocks.add(threads.submit(() -> block(from, ZlibEncoders.pigz(level, 32 << 10, independent))));
            }
            List<byte[]> made = new ArrayList<>();
            for (Future<byte[]> block : blocks) {
                made.add(block.get());
            }
            return join(made);
        }
    }

    private static byte[] block(int start, BlockEncoder encoder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int end = Math.min(PLAIN.length, start + encoder.blockSize());
        NamedEncoder.block(PLAIN, start, end, encoder, out);
        return out.toByteArray();
    }

    private static byte[] join(List<byte[]> blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blocks.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
