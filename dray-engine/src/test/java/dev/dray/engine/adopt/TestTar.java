package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.FileName;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A tar with entries of every sort, and the folder that an engine would unpack it to.
final class TestTar {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Entry> files = new ArrayList<>();

    /// A file that is there after unpacking.
    private static final class Entry {
        private final byte[] name;
        private final byte[] content;

        Entry(byte[] name, byte[] content) {
            this.name = name;
            this.content = content;
        }
    }

    /// Bytes that compress by half.
    static byte[] content(int size, long seed) {
        Random random = new Random(seed);
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) "etaoin shrdlu\n".charAt(random.nextInt(14));
        }
        return content;
    }

    TestTar directory(String name) {
        return entry(ascii(name), '5', "", new byte[0]);
    }

    TestTar file(String name, byte[] content) {
        return file(ascii(name), content);
    }

    TestTar file(byte[] name, byte[] content) {
        files.add(new Entry(name, content));
        return entry(name, '0', "", content);
    }

    TestTar hardLink(String name, String target) {
        return entry(ascii(name), '1', target, new byte[0]);
    }

    TestTar symbolicLink(String name, String target) {
        return entry(ascii(name), '2', target, new byte[0]);
    }

    TestTar device(String name) {
        return entry(ascii(name), '3', "", new byte[0]);
    }

    /// A file with an extended attribute, as PAX writes it.
    TestTar attributed(String name, byte[] content) {
        String record = " SCHILY.xattr.user.note=hello\n";
        entry(ascii("PaxHeaders/" + name), 'x', "", ascii((record.length() + 2) + record));
        return file(name, content);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private TestTar entry(byte[] name, char type, String link, byte[] content) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, name.length);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(content.length));
        put(header, 136, "14000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        bytes.writeBytes(header);
        bytes.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
        return this;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = ascii(text);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() + 2 * BLOCK);
    }

    /// Writes the files; of those with one name the last stays. Links, devices and whiteouts have no data, so a
    /// reader of the layer does not need them.
    void unpack(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Entry entry : files) {
                String name = new String(entry.name, StandardCharsets.ISO_8859_1);
                Path file = folder;
                for (String step : name.split("/", -1)) {
                    file = file.resolve(FileName.path(RawBytes.copyOf(ascii(step))));
                }
                Files.createDirectories(file.getParent());
                Files.write(file, entry.content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
