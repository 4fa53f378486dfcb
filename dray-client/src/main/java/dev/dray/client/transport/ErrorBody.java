package dev.dray.client.transport;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The body of an error reply: the entries of an OCI error body, regardless of its content type, or a line of text.
///
/// @param errors empty when the body is not an OCI error body
/// @param text one line for users
record ErrorBody(List<OciError> errors, String text) {
    /// The longest body that is read.
    static final int LARGEST = 256 << 10;

    private static final int MOST_ERRORS = 1000;
    private static final int LONGEST_LINE = 200;

    ErrorBody {
        errors = List.copyOf(errors);
    }

    /// Never fails, whatever the bytes are.
    static ErrorBody read(byte[] body) {
        if (body.length > LARGEST) {
            return new ErrorBody(List.of(), "a body of more than " + LARGEST + " bytes");
        }
        try {
            JsonObject document = Json.parseObject(body, JsonLimits.MESSAGE, "error body");
            List<OciError> errors = errors(document);
            return new ErrorBody(errors, errors.isEmpty() ? text(document) : words(errors));
        } catch (DrayException e) {
            return new ErrorBody(List.of(), plain(new String(body, StandardCharsets.UTF_8)));
        }
    }

    private static List<OciError> errors(JsonObject document) {
        List<OciError> errors = new ArrayList<>();
        for (JsonValue entry : document.array("errors")) {
            Optional<JsonObject> object = entry.asObject();
            if (object.isPresent() && errors.size() < MOST_ERRORS) {
                errors.add(new OciError(
                        shorten(object.get().text("code").orElse("")),
                        shorten(object.get().text("message").orElse("")),
                        object.get().get("detail").map(ErrorBody::detail).orElse("")));
            }
        }
        return errors;
    }

    private static String detail(JsonValue detail) {
        String text = detail.text().orElseGet(() -> Json.write(detail).toString());
        return text.length() > 4 * LONGEST_LINE ? text.substring(0, 4 * LONGEST_LINE) : text;
    }

    /// Token servers answer `details`, `error_description`, `message` or `error`.
    private static String text(JsonObject document) {
        for (String member : List.of("details", "error_description", "message", "error")) {
            Optional<String> text = document.text(member);
            if (text.isPresent()) {
                return shorten(text.get());
            }
        }
        return "";
    }

    private static String words(List<OciError> errors) {
        OciError first = errors.getFirst();
        String words = first.message().isEmpty() ? first.code() : first.message();
        return errors.size() == 1 ? words : "%s (and %d more)".formatted(words, errors.size() - 1);
    }

    /// The words of an HTML page or of plain text.
    private static String plain(String text) {
        boolean html = text.stripLeading().startsWith("<");
        return shorten(html ? text.replaceAll("<[^>]{0,500}>", " ") : text);
    }

    private static String shorten(String text) {
        String line = text.codePoints()
                .limit(4096)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll(" {2,}", " ")
                .strip();
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    }
}
