package dev.dray.layer.tarsplit;

import dev.dray.model.RawBytes;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonNull;
import dev.dray.model.json.JsonValue.ObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Writes the lines of a tar-split, members in the order in which Go writes them. Not thread safe.
final class TarSplitWriter {
    private final OutputStream out;
    private long position;

    TarSplitWriter(OutputStream out) {
        this.out = out;
    }

    void write(TarSplitEntry entry) throws IOException {
        ObjectBuilder json = switch (entry) {
            case TarSplitEntry.File file -> file(file);
            case TarSplitEntry.Segment segment ->
                JsonValue.object().put("type", 2).put("payload", base64(segment.bytes()));
        };
        out.write(Json.write(json.put("position", position).build()).toByteArray());
        out.write('\n');
        position++;
    }

    private static ObjectBuilder file(TarSplitEntry.File file) {
        ObjectBuilder json = JsonValue.object().put("type", 1);
        if (file.name().size() > 0) {
            utf8(file.name())
                    .ifPresentOrElse(name -> json.put("name", name), () -> json.put("name_raw", base64(file.name())));
        }
        if (file.size() == 0) {
            return json.put("payload", new JsonNull());
        }
        byte[] crc = ByteBuffer.allocate(Long.BYTES).putLong(file.crc()).array();
        return json.put("size", file.size()).put("payload", base64(RawBytes.copyOf(crc)));
    }

    private static String base64(RawBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Optional<String> utf8(RawBytes name) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(name.buffer()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
