package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes a tar archive as POSIX.1-2001 has it: ustar headers, and PAX records for what does not fit them.
///
/// Everything is owned by root, and the same entries give the same bytes on every host. Not thread safe.
public final class TarWriter implements AutoCloseable {
    private static final long LARGEST_SIZE = (1L << 33) - 1;

    private final OutputStream out;
    private final Instant modified;

    /// @param modified the modification time of every entry
    public TarWriter(OutputStream out, Instant modified) {
        this.out = out;
        this.modified = modified;
    }

    public void directory(String name) throws IOException {
        header(name.endsWith("/") ? name : name + "/", "", 0, 0755, '5');
    }

    public void link(String name, String target) throws IOException {
        header(name, target, 0, 0777, '2');
    }

    /// Writes a regular file.
    ///
    /// @param content gives at least `size` bytes; what is behind them is not read
    public void file(String name, int mode, long size, InputStream content) throws IOException {
        header(name, "", size, mode, '0');
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("\"%s\" became %d bytes shorter while it was read".formatted(name, left));
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        pad(size);
    }

    private void header(String name, String target, long size, int mode, char type) throws IOException {
        StringBuilder records = new StringBuilder();
        if (doesNotFit(name)) {
            records.append(record("path", name));
        }
        if (doesNotFit(target)) {
            records.append(record("linkpath", target));
        }
        if (size > LARGEST_SIZE) {
            records.append(record("size", Long.toString(size)));
        }
        if (!records.isEmpty()) {
            byte[] body = records.toString().getBytes(StandardCharsets.UTF_8);
            block("PaxHeaders/entry", "", body.length, 0644, 'x');
            out.write(body);
            pad(body.length);
        }
        block(name, target, Math.min(size, LARGEST_SIZE), mode, type);
    }

    private static boolean doesNotFit(String text) {
        return text.length() > Field.NAME.length()
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /// A PAX record counts its own length, digits included.
    private static String record(String key, String value) {
        int rest = 3 + key.length() + value.getBytes(StandardCharsets.UTF_8).length;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return "%d %s=%s\n".formatted(length, key, value);
    }

    private void block(String name, String target, long size, int mode, char type) throws IOException {
        byte[] header = new byte[TarBlock.SIZE];
        text(header, Field.NAME, name);
        text(header, Field.MODE, "%07o".formatted(mode));
        text(header, Field.UID, "0000000");
        text(header, Field.GID, "0000000");
        text(header, Field.SIZE, "%011o".formatted(size));
        text(header, Field.MTIME, "%011o".formatted(Math.max(0, modified.getEpochSecond())));
        header[Field.TYPE.offset()] = (byte) type;
        text(header, Field.LINK, target);
        text(header, Field.MAGIC, "ustar\0" + "00");
        text(header, Field.UNAME, "root");
        text(header, Field.GNAME, "root");
        text(header, Field.CHECKSUM, "%06o\0 ".formatted(TarBlock.checksum(header)));
        out.write(header);
    }

    private static void text(byte[] header, Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, field.offset(), Math.min(bytes.length, field.length()));
    }

    private void pad(long size) throws IOException {
        out.write(new byte[TarBlock.padding(size)]);
    }

    /// Writes the two empty blocks that end an archive. Leaves the stream open.
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * TarBlock.SIZE]);
    }
}
