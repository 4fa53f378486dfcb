package dev.dray.model.json;

import dev.dray.model.json.JsonValue.JsonArray;
import dev.dray.model.json.JsonValue.JsonObject;
import java.util.Iterator;
import java.util.Map;

/// Writes a value over several lines, one tab for each level.
final class JsonIndenter {
    private final StringBuilder out = new StringBuilder();

    private JsonIndenter() {}

    static String indent(JsonValue value) {
        JsonIndenter indenter = new JsonIndenter();
        indenter.write(value, 0);
        return indenter.out.append('\n').toString();
    }

    private void write(JsonValue value, int level) {
        switch (value) {
            case JsonObject object when !object.members().isEmpty() -> object(object, level);
            case JsonArray array when !array.elements().isEmpty() -> array(array, level);
            case JsonObject _,
                    JsonArray _,
                    JsonValue.JsonString _,
                    JsonValue.JsonNumber _,
                    JsonValue.JsonBoolean _,
                    JsonValue.JsonNull _ -> out.append(Json.write(value));
        }
    }

    private void object(JsonObject object, int level) {
        out.append('{');
        Iterator<Map.Entry<String, JsonValue>> members =
                object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonValue> member = members.next();
            line(level + 1);
            out.append(Json.write(JsonValue.of(member.getKey()))).append(": ");
            write(member.getValue(), level + 1);
            out.append(members.hasNext() ? "," : "");
        }
        line(level);
        out.append('}');
    }

    private void array(JsonArray array, int level) {
        out.append('[');
        Iterator<JsonValue> elements = array.elements().iterator();
        while (elements.hasNext()) {
            line(level + 1);
            write(elements.next(), level + 1);
            out.append(elements.hasNext() ? "," : "");
        }
        line(level);
        out.append(']');
    }

    private void line(int level) {
        out.append('\n').repeat('\t', level);
    }
}
