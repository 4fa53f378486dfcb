package dev.dray.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a plain ustar archive: directories and regular files with short names. Not thread safe.
public final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    public void directory(String name) throws IOException {
        header(name.endsWith("/") ? name : name + "/", 0, 0755, '5');
    }

    public void file(String name, byte[] content) throws IOException {
        header(name, content.length, 0644, '0');
        out.write(content);
        out.write(new byte[-content.length & (BLOCK - 1)]);
    }

    private void header(String name, long size, int mode, char type) throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        text(header, 100, "%07o".formatted(mode));
        text(header, 108, "0000000");
        text(header, 116, "0000000");
        text(header, 124, "%011o".formatted(size));
        text(header, 136, "%011o".formatted(1_700_000_000L));
        header[156] = (byte) type;
        text(header, 257, "ustar");
        text(header, 263, "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, "%06o".formatted(sum));
        header[154] = 0;
        out.write(header);
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /// Writes the two empty blocks that end an archive. Leaves the stream open.
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }
}
