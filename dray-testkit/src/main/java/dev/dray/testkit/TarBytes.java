package dev.dray.testkit;

import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes tars entry by entry, including malformed ones. Not thread safe.
public final class TarBytes {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TarBytes file(String name, byte[] content) {
        return entry(name, '0', "", content.length, content);
    }

    public TarBytes file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes folder(String name) {
        return entry(name, '5', "", 0, new byte[0]);
    }

    public TarBytes symbolicLink(String name, String target) {
        return entry(name, '2', target, 0, new byte[0]);
    }

    public TarBytes hardLink(String name, String target) {
        return entry(name, '1', target, 0, new byte[0]);
    }

    /// @param size in the header
    public TarBytes entry(String name, char type, String target, long size, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, type == '5' ? "0000755" : "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\0" + "00");
        put(header, 148, "%06o\0 ".formatted(checksum(header)));
        out.writeBytes(header);
        out.writeBytes(content);
        return pad(content.length);
    }

    public TarBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private TarBytes pad(int length) {
        out.writeBytes(new byte[-length & (BLOCK - 1)]);
        return this;
    }

    private static int checksum(byte[] header) {
        int sum = 8 * ' ';
        for (byte b : header) {
            sum += b & 0xff;
        }
        return sum;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /// `manifest.json` with one image.
    public TarBytes manifest(String config, List<String> layers, List<String> names) {
        JsonValue image = JsonValue.object()
                .put("Config", config)
                .put("RepoTags", JsonValue.strings(names))
                .put("Layers", JsonValue.strings(layers))
                .build();
        return file("manifest.json", Json.write(JsonValue.array(List.of(image))).toByteArray());
    }

    /// The whole tar, with its end.
    public byte[] toByteArray() {
        byte[] entries = out.toByteArray();
        byte[] whole = new byte[entries.length + 2 * BLOCK];
        System.arraycopy(entries, 0, whole, 0, entries.length);
        return whole;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, toByteArray());
    }
}
