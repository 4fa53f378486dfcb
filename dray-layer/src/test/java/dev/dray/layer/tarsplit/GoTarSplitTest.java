package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.TarBytes;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our tar-split and Go's, both ways, on archives chosen and random.
class GoTarSplitTest {
    private static final int RANDOM = 1500;

    @Test
    void goAssemblesOursAndWeAssembleGosAndWeRefuseWhatGoCannot(@TempDir Path folder) throws Exception {
        List<byte[]> archives = OddArchives.all(RANDOM);
        List<Optional<byte[]>> ours =
                archives.stream().map(GoTarSplitTest::export).toList();

        List<GoTarSplit.Outcome> outcomes = GoTarSplit.run(archives, ours, folder);

        int both = 0;
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < archives.size(); i++) {
            GoTarSplit.Outcome go = outcomes.get(i);
            byte[] archive = archives.get(i);
            boolean goHandles = isArchive(go.assembled(), archive);
            if (goHandles != ours.get(i).isPresent() && !isLucky(archive)) {
                differences.add("archive %d: Go %s, we %s"
                        .formatted(i, goHandles ? "handles it" : "does not handle it", reason(archive)));
            } else if (ours.get(i).isPresent()) {
                both++;
                if (!isArchive(go.assembledOurs(), archive)) {
                    differences.add("archive %d: Go does not assemble ours".formatted(i));
                }
                if (!normal(go.tarSplit().orElseThrow())
                        .equals(normal(ours.get(i).orElseThrow()))) {
                    differences.add("archive %d: entries differ".formatted(i));
                }
                assertThat(TarSplits.assemble(go.tarSplit().orElseThrow(), archive))
                        .isEqualTo(archive);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(both).isGreaterThan(RANDOM / 4);
    }

    private static Optional<byte[]> export(byte[] archive) {
        try {
            return Optional.of(TarSplits.export(archive));
        } catch (DrayException refused) {
            return Optional.empty();
        }
    }

    private static String reason(byte[] archive) {
        try {
            TarSplits.export(archive);
            return "export it";
        } catch (DrayException refused) {
            return "refuse it: " + refused.getMessage();
        }
    }

    /// Go handles a few archives by luck: a sparse file without a map and without a size, and a link with a size
    /// when its target happens to be empty, as it is in the oracle. In a real layer both fail, so we refuse all of
    /// their kind.
    private static boolean isLucky(byte[] archive) {
        String reason = reason(archive);
        return reason.contains("it has a sparse file")
                || reason.contains("it has a link, folder or device with a size");
    }

    private static boolean isArchive(Optional<byte[]> assembled, byte[] archive) {
        return assembled.isPresent() && Arrays.equals(assembled.get(), archive);
    }

    /// The entries with neighbouring segments joined: where the tail is cut depends on the reader.
    private static List<TarSplitEntry> normal(byte[] tarSplit) {
        List<TarSplitEntry> normal = new ArrayList<>();
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        for (TarSplitEntry entry : TarSplits.entries(tarSplit)) {
            switch (entry) {
                case TarSplitEntry.Segment(RawBytes bytes) -> segment.writeBytes(bytes.toByteArray());
                case TarSplitEntry.File file -> {
                    normal.add(new TarSplitEntry.Segment(RawBytes.copyOf(segment.toByteArray())));
                    segment.reset();
                    normal.add(file);
                }
            }
        }
        normal.add(new TarSplitEntry.Segment(RawBytes.copyOf(segment.toByteArray())));
        return normal;
    }

    @Test
    void goFailsWhereWeSayItDoes(@TempDir Path folder) throws Exception {
        byte[] data = TarBytes.noise(700, 1);
        List<byte[]> archives = List.of(
                new TarBytes().file("a", data).file("./a", data).end().bytes(),
                new TarBytes().pax('g', "").pax('g', "").end().bytes(),
                new TarBytes().entry("h", '1', data).end().bytes());
        List<Optional<byte[]>> none =
                archives.stream().map(GoTarSplitTest::export).toList();

        assertThat(none).allSatisfy(ours -> assertThat(ours).isEmpty());
        assertThat(GoTarSplit.run(archives, none, folder))
                .allSatisfy(go -> assertThat(go.assembled()).isEmpty());
    }
}
