package dev.dray.engine.archive;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A stranger's archive is read or refused, in one line, and leaves nothing behind.
class ArchiveFuzzTest {
    private static final Path FOLDER = folder();

    private static Path folder() {
        try {
            return Files.createTempDirectory("dray-fuzz-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Any bytes, as a tar or a gzip.
    @FuzzTest(maxDuration = "30s")
    void anyBytesAreAnArchiveOrRefused(byte[] bytes) throws IOException {
        read(bytes);
    }

    /// A sound tar whose names, links, types and documents are any.
    @FuzzTest(maxDuration = "30s")
    void anyEntriesAreAnArchiveOrRefused(FuzzedDataProvider data) throws IOException {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 6 && data.remainingBytes() > 0; i++) {
            String name = data.pickValue(
                    new String[] {"manifest.json", "oci-layout", "index.json", "c", data.consumeAsciiString(40)});
            byte[] content = data.consumeBytes(300);
            char type = (char) data.pickValue(new int[] {'0', '1', '2', '5', 'x', 'L', 'K', data.consumeByte() & 0xff});
            tar.entry(name, type, data.consumeAsciiString(40), content.length, content);
        }
        read(tar.toByteArray());
    }

    private static void read(byte[] bytes) throws IOException {
        try (ImageArchive archive = ImageArchive.read(new ByteArrayInputStream(bytes), "fuzz", FOLDER)) {
            archive.names();
        } catch (DrayException refused) {
            if (refused.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("more than one line: " + refused.getMessage(), refused);
            }
        }
        try (var left = Files.list(FOLDER)) {
            if (left.findAny().isPresent()) {
                throw new AssertionError("a file was left behind");
            }
        }
    }
}
