package dev.dray.engine;

import dev.dray.model.DrayException;
import dev.dray.model.Json;
import dev.dray.model.JsonLimits;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads Dockerfile instructions that only touch the config, as `docker import --change` takes them.
final class ConfigChanges {
    private static final String KNOWN =
            "CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, VOLUME and WORKDIR are understood";

    private ConfigChanges() {}

    /// The `config` member of an image config that `changes` make.
    ///
    /// @throws DrayException of kind INVALID when one is not understood
    static JsonObject apply(List<String> changes) {
        JsonObject config = JsonValue.object().build();
        for (String change : changes) {
            config = apply(config, change.strip());
        }
        return config;
    }

    private static JsonObject apply(JsonObject config, String change) {
        int space = change.indexOf(' ');
        if (space < 0) {
            throw invalid(change, "it has no value");
        }
        String instruction = change.substring(0, space).toUpperCase(Locale.ROOT);
        String value = change.substring(space).strip();
        return switch (instruction) {
            case "CMD" -> config.with("Cmd", command(value, change));
            case "ENTRYPOINT" -> config.with("Entrypoint", command(value, change));
            case "ENV" -> environment(config, value, change);
            case "EXPOSE" -> members(config, "ExposedPorts", ports(value));
            case "VOLUME" -> members(config, "Volumes", words(value, change));
            case "LABEL" -> label(config, value, change);
            case "USER" -> config.with("User", JsonValue.of(value));
            case "WORKDIR" -> config.with("WorkingDir", JsonValue.of(value));
            case "STOPSIGNAL" -> config.with("StopSignal", JsonValue.of(value));
            default -> throw invalid(change, KNOWN);
        };
    }

    /// The exec form is a JSON array of strings; any other text is for the shell.
    private static JsonValue command(String value, String change) {
        return JsonValue.strings(value.startsWith("[") ? words(value, change) : List.of("/bin/sh", "-c", value));
    }

    private static List<String> words(String value, String change) {
        if (!value.startsWith("[")) {
            return List.of(value.split("\\s+"));
        }
        JsonValue array = Json.parse(value.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "change");
        List<String> words = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            words.add(element.text().orElseThrow(() -> invalid(change, "its array holds more than strings")));
        }
        return words;
    }

    private static List<String> ports(String value) {
        return List.of(value.split("\\s+")).stream()
                .map(port -> port.contains("/") ? port : port + "/tcp")
                .toList();
    }

    private static JsonObject members(JsonObject config, String name, List<String> keys) {
        JsonObject object =
                config.object(name).orElseGet(() -> JsonValue.object().build());
        for (String key : keys) {
            object = object.with(key, JsonValue.object().build());
        }
        return config.with(name, object);
    }

    private static JsonObject environment(JsonObject config, String value, String change) {
        KeyValue pair = KeyValue.parse(value, change);
        List<JsonValue> variables = new ArrayList<>(config.array("Env"));
        variables.removeIf(variable ->
                variable.text().map(text -> text.startsWith(pair.key() + "=")).orElse(false));
        variables.add(JsonValue.of(pair.key() + "=" + pair.value()));
        return config.with("Env", JsonValue.array(variables));
    }

    private static JsonObject label(JsonObject config, String value, String change) {
        KeyValue pair = KeyValue.parse(value, change);
        JsonObject labels =
                config.object("Labels").orElseGet(() -> JsonValue.object().build());
        return config.with("Labels", labels.with(pair.key(), JsonValue.of(pair.value())));
    }

    /// `KEY=VALUE` or, in the old form, `KEY VALUE`; quotes around the value are taken off.
    private record KeyValue(String key, String value) {
        static KeyValue parse(String text, String change) {
            int equals = text.indexOf('=');
            int space = text.indexOf(' ');
            int cut = equals > 0 && (space < 0 || equals < space) ? equals : space;
            if (cut <= 0) {
                throw invalid(change, "it is not of the form KEY=VALUE");
            }
            String value = text.substring(cut + 1).strip();
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            return new KeyValue(text.substring(0, cut), quoted ? value.substring(1, value.length() - 1) : value);
        }
    }

    private static DrayException invalid(String change, String why) {
        return new DrayException(DrayException.Kind.INVALID, "invalid change \"%s\": %s".formatted(change, why));
    }
}
