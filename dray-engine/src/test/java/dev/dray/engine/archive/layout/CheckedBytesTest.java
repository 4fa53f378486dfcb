package dev.dray.engine.archive.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckedBytesTest {
    private static final RawBytes BLOB = RawBytes.utf8("0123456789");
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, BLOB.sha256(), BLOB.size());

    /// Reads as many bytes as the descriptor promises.
    private static CheckedBytes read(String content) throws IOException {
        CheckedBytes bytes = new CheckedBytes(RawBytes.utf8(content).stream(), DESCRIPTOR);
        assertThat(bytes.readNBytes((int) DESCRIPTOR.size())).hasSize((int) DESCRIPTOR.size());
        return bytes;
    }

    private static void assertCorrupt(CheckedBytes bytes, String message) {
        assertThatThrownBy(bytes::requireWhole)
                .isInstanceOfSatisfying(DrayException.class, e -> {
                    assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT);
                    assertThat(e.subject()).contains(DESCRIPTOR.digest().toString());
                })
                .hasMessageContaining(message);
    }

    @Test
    void blobAsPromisedIsWhole() throws IOException {
        try (CheckedBytes bytes = read("0123456789")) {
            assertThatCode(bytes::requireWhole).doesNotThrowAnyException();
        }
    }

    @Test
    void otherBytesOfTheSameLengthAreCorrupt() throws IOException {
        try (CheckedBytes bytes = read("012345678X")) {
            assertCorrupt(bytes, "hash to sha256:");
        }
    }

    @Test
    void bytesBehindTheBlobAreCorruptThoughItsOwnAreRight() throws IOException {
        try (CheckedBytes bytes = read("0123456789and more")) {
            assertCorrupt(bytes, "are more than 10");
        }
    }
}
