package dev.dray.model.json;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import dev.dray.model.RawBytes;
import dev.dray.model.json.JsonValue.JsonArray;
import dev.dray.model.json.JsonValue.JsonBoolean;
import dev.dray.model.json.JsonValue.JsonNull;
import dev.dray.model.json.JsonValue.JsonNumber;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.model.json.JsonValue.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON with limits.
///
/// The reader is strict: UTF-8 only, no duplicate names, nothing after the value. Thread safe.
public final class Json {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /// Shared by all readers: [Reader] enforces the limits that differ, and no string is longer than its document.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(64 << 10)
                    .maxNumberLength(64)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /// Parses one document.
    ///
    /// @param what names the document in messages: `manifest`, `token reply`
    /// @throws DrayException of kind INVALID when it is not JSON, or repeats a name; TOO_LARGE beyond a limit
    public static JsonValue parse(byte[] document, JsonLimits limits, String what) {
        if (document.length > limits.bytes()) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE,
                    "%s of %d bytes is larger than the limit of %d".formatted(what, document.length, limits.bytes()));
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text(document, what))) {
            if (parser.nextToken() == null) {
                throw invalid(what, "it is empty");
            }
            JsonValue value = new Reader(parser, limits, what).value(0);
            if (parser.nextToken() != null) {
                throw invalid(what, "there is more behind its end");
            }
            return value;
        } catch (JacksonException e) {
            throw invalid(what, firstLine(e.getOriginalMessage()));
        }
    }

    /// Parses one document whose value must be an object.
    public static JsonObject parseObject(byte[] document, JsonLimits limits, String what) {
        if (parse(document, limits, what) instanceof JsonObject object) {
            return object;
        }
        throw invalid(what, "it is not an object");
    }

    /// Writes a value without white space.
    public static RawBytes write(JsonValue value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(value, generator);
        }
        return RawBytes.copyOf(bytes.toByteArray());
    }

    /// Writes a value for users, indented by tabs as docker writes its settings.
    public static RawBytes writePretty(JsonValue value) {
        return RawBytes.utf8(JsonIndenter.indent(value));
    }

    private static void write(JsonValue value, JsonGenerator out) {
        switch (value) {
            case JsonString(String text) -> out.writeString(text);
            case JsonNumber(String literal) -> out.writeNumber(literal);
            case JsonBoolean(boolean truth) -> out.writeBoolean(truth);
            case JsonNull() -> out.writeNull();
            case JsonArray(List<JsonValue> elements) -> {
                out.writeStartArray();
                elements.forEach(element -> write(element, out));
                out.writeEndArray();
            }
            case JsonObject(Map<String, JsonValue> members) -> {
                out.writeStartObject();
                members.forEach((name, member) -> {
                    out.writeName(name);
                    write(member, out);
                });
                out.writeEndObject();
            }
        }
    }

    /// The text, decoded here: given bytes, the parser would guess at UTF-16 and UTF-32 too.
    private static String text(byte[] document, String what) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid(what, "it is not UTF-8");
        }
    }

    /// Strips the parser's message of its quotation of the document, which may contain terminal control sequences.
    private static String firstLine(String message) {
        return Quote.printable(message.lines().findFirst().orElse("malformed"));
    }

    private static DrayException invalid(String what, String why) {
        return new DrayException(DrayException.Kind.INVALID, "%s is not valid JSON: %s".formatted(what, why));
    }

    /// Reads one document and counts its values.
    private static final class Reader {
        private final JsonParser parser;
        private final JsonLimits limits;
        private final String what;
        private int values;

        Reader(JsonParser parser, JsonLimits limits, String what) {
            this.parser = parser;
            this.limits = limits;
            this.what = what;
        }

        /// The value that starts at the parser's current token.
        ///
        /// @param depth number of enclosing objects and arrays
        JsonValue value(int depth) {
            if (++values > limits.values()) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE, "%s has more than %d values".formatted(what, limits.values()));
            }
            JsonToken token = parser.currentToken();
            return switch (token) {
                case START_OBJECT -> object(within(depth));
                case START_ARRAY -> array(within(depth));
                case VALUE_STRING -> new JsonString(parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
                case VALUE_TRUE -> new JsonBoolean(true);
                case VALUE_FALSE -> new JsonBoolean(false);
                case VALUE_NULL -> new JsonNull();
                case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw invalid(what, "unexpected " + token);
            };
        }

        private int within(int depth) {
            if (depth >= limits.depth()) {
                throw invalid(what, "it nests deeper than %d".formatted(limits.depth()));
            }
            return depth + 1;
        }

        private JsonValue object(int depth) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(depth));
            }
            return new JsonObject(members);
        }

        private JsonValue array(int depth) {
            List<JsonValue> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(depth));
            }
            return new JsonArray(elements);
        }
    }
}
