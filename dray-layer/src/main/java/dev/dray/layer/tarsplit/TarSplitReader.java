package dev.dray.layer.tarsplit;

import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Reads the lines of a tar-split, inflated already.
///
/// Strict where a lenient reader would give wrong bytes: positions must count up from 0, sizes must not be negative, a
/// file with data must have its checksum. Needs memory for one line, at most [#LONGEST_LINE]. Not thread safe.
final class TarSplitReader {
    /// Longest line in bytes; Go writes lines of up to 1.4 MB, in its early versions longer ones for odd archives.
    static final int LONGEST_LINE = 32 << 20;

    private static final JsonLimits LIMITS = new JsonLimits(LONGEST_LINE, 4, 64);

    private static final int FILE = 1;
    private static final int SEGMENT = 2;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int end;
    private long position;

    TarSplitReader(InputStream in) {
        this.in = in;
    }

    /// The next entry, empty behind the last.
    ///
    /// @throws DrayException of kind INVALID when it is malformed, TOO_LARGE when a line is too long, UNSUPPORTED
    ///     for an entry of an unknown type
    Optional<TarSplitEntry> next() throws IOException {
        while (readLine()) {
            byte[] bytes = line.toByteArray();
            if (!isBlank(bytes)) {
                return Optional.of(entry(Json.parseObject(bytes, LIMITS, "tar-split entry " + position)));
            }
        }
        return Optional.empty();
    }

    private TarSplitEntry entry(JsonObject json) {
        if (json.number("position").orElse(-1) != position) {
            throw invalid("is not at its position");
        }
        long type = json.number("type").orElse(-1);
        long size = json.get("size").isPresent() ? json.number("size").orElse(-1) : 0;
        if (size < 0) {
            throw invalid("has no valid size");
        }
        byte[] payload = payload(json);
        TarSplitEntry entry;
        if (type == FILE) {
            entry = new TarSplitEntry.File(name(json), size, crc(size, payload));
        } else if (type == SEGMENT) {
            entry = new TarSplitEntry.Segment(RawBytes.copyOf(payload));
        } else {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "tar-split entry %d is of an unknown type: use a newer dray".formatted(position));
        }
        position++;
        return entry;
    }

    private long crc(long size, byte[] payload) {
        if (payload.length == Long.BYTES) {
            return ByteBuffer.wrap(payload).getLong();
        }
        if (size > 0 || payload.length > 0) {
            throw invalid("has no valid checksum");
        }
        return 0;
    }

    private byte[] payload(JsonObject json) {
        return json.get("payload").map(value -> base64(value, "payload")).orElse(new byte[0]);
    }

    private RawBytes name(JsonObject json) {
        Optional<RawBytes> raw = json.get("name_raw")
                .map(value -> base64(value, "name_raw"))
                .filter(bytes -> bytes.length > 0)
                .map(RawBytes::copyOf);
        return raw.orElseGet(() -> json.get("name").map(this::utf8).orElse(RawBytes.utf8("")));
    }

    private byte[] base64(JsonValue value, String member) {
        try {
            return Base64.getDecoder()
                    .decode(value.text().orElseThrow(() -> invalid("has a %s that is no text".formatted(member))));
        } catch (IllegalArgumentException e) {
            throw invalid("has a %s that is not base64".formatted(member));
        }
    }

    private RawBytes utf8(JsonValue name) {
        String text = name.text().orElseThrow(() -> invalid("has a name that is no text"));
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return RawBytes.copyOf(exact);
        } catch (CharacterCodingException e) {
            throw invalid("has a name that is not Unicode");
        }
    }

    /// Fills [#line] up to a line feed or the end; false when there is nothing more.
    private boolean readLine() throws IOException {
        line.reset();
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(in.read(buffer), 0);
                if (end == 0) {
                    return line.size() > 0;
                }
            }
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (line.size() + (at - start) > LONGEST_LINE) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "tar-split entry %d is longer than %d bytes".formatted(position, LONGEST_LINE));
            }
            line.write(buffer, start, at - start);
            if (at < end) {
                at++;
                return true;
            }
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private DrayException invalid(String why) {
        return new DrayException(
                DrayException.Kind.INVALID, "tar-split is not valid: entry %d %s".formatted(position, why));
    }
}
