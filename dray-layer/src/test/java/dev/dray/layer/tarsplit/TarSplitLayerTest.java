package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.TarBytes;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TarSplitLayerTest {
    private static final int FILES = 400;
    private static final Map<String, byte[]> DATA = data();
    private static final byte[] TAR = tar();

    private final List<String> opened = new ArrayList<>();
    private int closed;

    private static Map<String, byte[]> data() {
        Map<String, byte[]> data = new HashMap<>();
        for (int i = 0; i < FILES; i++) {
            data.put("d/" + i, TarBytes.noise(i * 37, i));
        }
        return data;
    }

    private static byte[] tar() {
        TarBytes tar = new TarBytes().entry("d/", '5', new byte[0]);
        for (int i = 0; i < FILES; i++) {
            tar.file("d/" + i, DATA.getOrDefault("d/" + i, new byte[0]));
        }
        return tar.end().bytes();
    }

    private TarSplitLayer layer(Map<String, byte[]> files) throws IOException {
        return TarSplitLayer.read(
                new ByteArrayInputStream(TarSplits.export(TAR)), () -> new Reading(files), Long.MAX_VALUE);
    }

    private final class Reading implements LayerFiles.Reading {
        private final Map<String, byte[]> files;

        Reading(Map<String, byte[]> files) {
            this.files = files;
        }

        @Override
        public InputStream open(RawBytes name) throws IOException {
            opened.add(name.toString());
            byte[] file = files.get(name.toString());
            if (file == null) {
                throw new FileNotFoundException(name.toString());
            }
            return new ByteArrayInputStream(file);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static byte[] readAll(TarSplitLayer layer, long offset) throws IOException {
        try (InputStream in = layer.open(offset)) {
            return in.readAllBytes();
        }
    }

    @Test
    void theLayerCanBeReadFromAnyPlace() throws IOException {
        TarSplitLayer layer = layer(DATA);
        assertThat(layer.size()).isEqualTo(TAR.length);
        for (int offset = 0; offset <= TAR.length; offset += 99_991) {
            assertThat(readAll(layer, offset)).isEqualTo(Arrays.copyOfRange(TAR, offset, TAR.length));
        }
        assertThat(readAll(layer, TAR.length)).isEmpty();
    }

    @Test
    void filesBeforeThePlaceAreNotOpened() throws IOException {
        readAll(layer(DATA), TAR.length - 20_000);
        assertThat(opened).hasSizeBetween(1, 3);
        assertThat(closed).isOne();
    }

    @Test
    void aChangedFileIsNamed() throws IOException {
        Map<String, byte[]> files = new HashMap<>(DATA);
        byte[] changed = TarBytes.noise(200 * 37, 200);
        changed[99] ^= 1;
        files.put("d/200", changed);
        TarSplitLayer layer = layer(files);
        assertThatThrownBy(() -> readAll(layer, 0)).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
            assertThat(e.subject()).contains("d/200");
        });
    }

    @Test
    void aFileOfAnotherLengthIsNamed() throws IOException {
        for (int length : new int[] {200 * 37 - 1, 200 * 37 + 1}) {
            Map<String, byte[]> files = new HashMap<>(DATA);
            files.put("d/200", Arrays.copyOf(TarBytes.noise(200 * 37, 200), length));
            TarSplitLayer layer = layer(files);
            assertThatThrownBy(() -> readAll(layer, 0)).hasMessageContaining("d/200");
        }
    }

    @Test
    void anEmptyTarSplitIsAnEmptyLayer() throws IOException {
        TarSplitLayer layer =
                TarSplitLayer.read(new ByteArrayInputStream(TarSplits.gzip(new byte[0])), () -> new Reading(DATA), 1);
        assertThat(layer.size()).isZero();
        assertThat(readAll(layer, 0)).isEmpty();
    }

    @Test
    void aLayerBeyondTheLimitIsRefused() {
        assertThatThrownBy(() -> TarSplitLayer.read(
                        new ByteArrayInputStream(TarSplits.export(TAR)), () -> new Reading(DATA), TAR.length - 1))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }
}
