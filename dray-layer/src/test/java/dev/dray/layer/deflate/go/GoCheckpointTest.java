package dev.dray.layer.deflate.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateInput;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.ResumableEncoder;
import dev.dray.layer.deflate.TokenInflater;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoCheckpointTest {
    private static final int AHEAD = 300_000;

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 5, 6, 7, 8, 9})
    void restartsAtEveryBlockWithTheSameBytes(int level) throws IOException {
        byte[] plain = Sample.mixed(2_000_000, 5);
        byte[] encoded = Golden.encode(plain, level, plain.length);
        List<BlockStart> blocks = blocks(encoded);
        int restarts = 0;
        for (BlockStart block : blocks) {
            if (plain.length - block.plainOffset() >= GoDeflate.CHECKPOINT_MARGIN) {
                byte[] resumed = resume(plain, level, block);
                int from = (int) (block.bit() / 8);
                assertThat(resumed).isNotEmpty().isEqualTo(Arrays.copyOfRange(encoded, from, from + resumed.length));
                restarts++;
            }
        }
        assertThat(restarts).isGreaterThan(10);
    }

    @Test
    void goesOnToTheEndOfTheStream() throws IOException {
        byte[] plain = Sample.mixed(1_000_000, 6);
        byte[] encoded = Golden.encode(plain, 6, plain.length);
        BlockStart block = blocks(encoded).get(2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = (int) block.plainOffset();
        try (ResumableEncoder encoder = GoDeflate.resume(6, checkpoint(block), Arrays.copyOf(plain, at), out)) {
            encoder.write(plain, at, plain.length - at);
            encoder.finish();
        }
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(encoded, (int) (block.bit() / 8), encoded.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 2, 3})
    void levelsThatForgetPositionsCannotBeResumed(int level) {
        assertThat(GoDeflate.resumable(level)).isFalse();
        assertThatThrownBy(() -> GoDeflate.resume(
                        level, new Checkpoint(0, 0, 0, 0), new byte[0], OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] resume(byte[] plain, int level, BlockStart block) throws IOException {
        int at = (int) block.plainOffset();
        byte[] before = Arrays.copyOfRange(plain, Math.max(0, at - GoDeflate.DICTIONARY), at);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ResumableEncoder encoder = GoDeflate.resume(level, checkpoint(block), before, out)) {
            encoder.write(plain, at, Math.min(AHEAD, plain.length - at));
            encoder.drain();
        }
        return out.toByteArray();
    }

    private static Checkpoint checkpoint(BlockStart block) {
        return new Checkpoint(block.plainOffset(), block.bit(), block.carry(), 0);
    }

    private static List<BlockStart> blocks(byte[] encoded) throws IOException {
        List<BlockStart> blocks = new ArrayList<>();
        new TokenInflater(block -> !blocks.add(block), InflateLimits.standard())
                .inflate(new DeflateInput(new ByteArrayInputStream(encoded)), OutputStream.nullOutputStream());
        return blocks;
    }
}
