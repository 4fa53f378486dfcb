package dev.dray.layer.deflate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import java.util.zip.Inflater;

/// The zlib of the JDK, as an oracle.
final class JdkDeflate {
    private JdkDeflate() {}

    static byte[] deflate(byte[] plain, int level, int strategy) throws IOException {
        try (Deflater deflater = new Deflater(level, true)) {
            deflater.setStrategy(strategy);
            return new DeflaterInputStream(new ByteArrayInputStream(plain), deflater).readAllBytes();
        }
    }

    /// The plain bytes as text, or empty when the stream is refused or not complete.
    static Optional<String> tryInflate(byte[] deflated) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[4_096];
            while (!inflater.finished()) {
                int part = inflater.inflate(chunk);
                out.write(chunk, 0, part);
                if (part == 0 && !inflater.finished()) {
                    return Optional.empty();
                }
            }
            return Optional.of(Arrays.toString(out.toByteArray()));
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }
}
