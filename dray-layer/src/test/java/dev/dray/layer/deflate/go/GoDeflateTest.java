package dev.dray.layer.deflate.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoDeflateTest {
    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyLevelGivesTheBytesOfGo(int level) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            if (golden.level() == level) {
                expected.add(golden.expected());
                actual.add(golden.line());
            }
        }
        assertThat(actual).hasSize(105).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 2, 3, 4, 6, 9})
    void cutsIntoWritesDoNotShow(int level) throws IOException {
        byte[] plain = Sample.mixed(700_000, 77);
        byte[] whole = Golden.encode(plain, level, plain.length);
        for (int chunk : new int[] {513, 4_096, 32_506, 65_274, 65_275}) {
            assertThat(Golden.encode(plain, level, chunk)).isEqualTo(whole);
        }
        assertThat(Golden.encode(plain, level, 1)).isEqualTo(whole);
    }

    @Test
    void positionsCountedAnewDoNotShow() throws IOException {
        byte[] plain = Sample.mixed(1_500_000, 78);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encode(new GoChainEncoder(6, new BitWriter(out), 100_000), plain);
        assertThat(out.toByteArray()).isEqualTo(Golden.encode(plain, 6, plain.length));
        out.reset();
        encode(new GoFastEncoder(out, 200_000), plain);
        assertThat(out.toByteArray()).isEqualTo(Golden.encode(plain, 1, plain.length));
    }

    private static void encode(DeflateEncoder encoder, byte[] plain) throws IOException {
        encoder.write(plain, 0, plain.length);
        encoder.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 10})
    void otherLevelsAreRefused(int level) {
        assertThatThrownBy(() -> GoDeflate.encoder(level, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
