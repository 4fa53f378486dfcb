package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarAssembler;
import dev.dray.layer.tar.TarBytes;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSplitAssemblerTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
    private static final byte[] DATA = TarBytes.noise(5000, 1);
    private static final byte[] TAR = new TarBytes()
            .entry("d/", '5', new byte[0])
            .file("d/a", DATA)
            .file("caf\u00e9", DATA)
            .end()
            .bytes();
    private static final Map<String, byte[]> FILES = Map.of("d/a", DATA, "caf\u00e9", DATA);

    @Test
    void layerComesBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        TarSplitAssembler.Assembled assembled = assemble(TarSplits.export(TAR), FILES, Long.MAX_VALUE, out);

        assertThat(out.toByteArray()).isEqualTo(TAR);
        assertThat(assembled).isEqualTo(new TarSplitAssembler.Assembled(Digest.sha256(TAR), TAR.length));
    }

    @Test
    void tarSplitAndFilesBecomeATarRecipe() throws IOException {
        ByteArrayOutputStream recipe = new ByteArrayOutputStream();
        Map<Digest, byte[]> contents = new HashMap<>();
        TarSummary summary;
        try (TarSplitter splitter = new TarSplitter(into(contents), recipe)) {
            assemble(TarSplits.export(TAR), FILES, Long.MAX_VALUE, splitter);
            summary = splitter.finish();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarAssembler.assemble(
                new ByteArrayInputStream(recipe.toByteArray()),
                (digest, size) -> new ByteArrayInputStream(contents.getOrDefault(digest, new byte[0])),
                out,
                TAR.length);

        assertThat(out.toByteArray()).isEqualTo(TAR);
        assertThat(summary.diffId()).isEqualTo(Digest.sha256(TAR));
        assertThat(contents).containsOnlyKeys(Digest.sha256(DATA));
    }

    private static ContentSink into(Map<Digest, byte[]> contents) {
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        return new ContentSink() {
            @Override
            public void begin() {
                open.reset();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                open.write(bytes, offset, length);
            }

            @Override
            public void end(Digest digest, long size) {
                contents.put(digest, open.toByteArray());
            }
        };
    }

    @Test
    void changedFileIsFound() {
        byte[] changed = DATA.clone();
        changed[77]++;
        byte[] longer = Arrays.copyOf(DATA, DATA.length + 1);
        for (byte[] other : new byte[][] {changed, longer, Arrays.copyOf(DATA, 10), new byte[0]}) {
            assertThatThrownBy(() -> assemble(TarSplits.export(TAR), Map.of("d/a", other), Long.MAX_VALUE, discard()))
                    .isInstanceOfSatisfying(DrayException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
                        assertThat(failure.subject()).contains("d/a");
                    });
        }
    }

    @Test
    void missingFileIsTheCallersFailure() {
        assertThatThrownBy(() -> assemble(TarSplits.export(TAR), Map.of(), Long.MAX_VALUE, discard()))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void nothingIsWrittenBeyondTheLimit() {
        assertThatThrownBy(() -> assemble(TarSplits.export(TAR), FILES, TAR.length - 1L, discard()))
                .satisfies(isOf(Kind.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":2,\"payload\":\"AAAA\",\"position\":1}",
                "{\"type\":2,\"payload\":\"AAAA\"}",
                "{\"type\":2,\"payload\":\"*\",\"position\":0}",
                "{\"type\":2,\"payload\":7,\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"size\":-5,\"payload\":\"AAAAAAAAAAA=\",\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"size\":1.5,\"payload\":\"AAAAAAAAAAA=\",\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"size\":99999999999999999999,\"payload\":\"AAAAAAAAAAA=\",\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"size\":5,\"payload\":null,\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"size\":5,\"payload\":\"AAAA\",\"position\":0}",
                "{\"type\":1,\"name\":\"\\ud800\",\"size\":5,\"payload\":\"AAAAAAAAAAA=\",\"position\":0}",
                "{\"type\":1,\"name\":{},\"payload\":null,\"position\":0}",
                "{\"type\":1,\"name\":\"a\",\"name\":\"b\",\"payload\":null,\"position\":0}",
                "{\"type\":1,\"name\":[[[[[[\"a\"]]]]]],\"payload\":null,\"position\":0}",
                "{\"type\":2,\"payload\":\"AAAA\",\"position\":0}{}",
                "[]",
                "{",
                "\u0000"
            })
    void malformedLineIsRefused(String line) {
        assertThatThrownBy(() -> assemble(gzip(line), Map.of("a", HELLO), Long.MAX_VALUE, discard()))
                .satisfies(isOf(Kind.INVALID));
    }

    @Test
    void unknownTypeIsRefusedNotSkipped() {
        assertThatThrownBy(() -> assemble(
                        gzip("{\"type\":3,\"payload\":\"AAAA\",\"position\":0}"), Map.of(), Long.MAX_VALUE, discard()))
                .satisfies(isOf(Kind.UNSUPPORTED));
    }

    @Test
    void endlessLineIsRefused() {
        byte[] line = TarBytes.filled(TarSplitReader.LONGEST_LINE + 2, ' ');

        assertThatThrownBy(() -> assemble(TarSplits.gzip(line), Map.of(), Long.MAX_VALUE, discard()))
                .satisfies(isOf(Kind.TOO_LARGE));
    }

    @Test
    void damagedGzipIsRefused() {
        byte[] gzip = TarSplits.export(TAR);

        assertThatThrownBy(() -> assemble(Arrays.copyOf(gzip, gzip.length / 2), FILES, Long.MAX_VALUE, discard()))
                .satisfies(isOf(Kind.INVALID));
        assertThatThrownBy(() -> assemble(new byte[] {1, 2, 3}, FILES, Long.MAX_VALUE, discard()))
                .satisfies(isOf(Kind.INVALID));
    }

    @Test
    void escapesOfAnySortAreRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assemble(
                gzip("{\"type\":1,\"name\":\"\\u003c\\u0026\\u003e\\u2028\\\"\\\\\\t\",\"size\":5,"
                        + "\"payload\":\"PD7u4tgQAAA=\",\"position\":0}"),
                Map.of("<&>\u00e2\u0080\u00a8\"\\\t", HELLO),
                Long.MAX_VALUE,
                out);

        assertThat(out.toByteArray()).isEqualTo(HELLO);
    }

    private static TarSplitAssembler.Assembled assemble(
            byte[] tarSplit, Map<String, byte[]> files, long limit, OutputStream out) throws IOException {
        NamedFiles named = name -> {
            byte[] data = files.get(latin(name));
            if (data == null) {
                throw new FileNotFoundException(latin(name));
            }
            return new ByteArrayInputStream(data);
        };
        return TarSplitAssembler.assemble(new ByteArrayInputStream(tarSplit), named, out, limit);
    }

    private static String latin(RawBytes name) {
        return new String(name.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String line) {
        return TarSplits.gzip(line.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteArrayOutputStream discard() {
        return new ByteArrayOutputStream();
    }

    private static Consumer<Throwable> isOf(Kind kind) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        DrayException.class, dray -> assertThat(dray.kind()).isEqualTo(kind));
    }
}
