package dev.dray.engine.intake;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads Dockerfile instructions that only touch the config, as `docker import --change` takes them.
final class ConfigChanges {
    private static final String KNOWN =
            "CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, VOLUME and WORKDIR are understood";

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp|sctp))?");
    private static final int LONGEST_QUOTE = 100;

    private ConfigChanges() {}

    /// Applies `changes` to an empty `config` member of an image config.
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
        String[] parts = change.split("\\s+", 2);
        if (parts.length < 2) {
            throw invalid(change, "it has no value");
        }
        String instruction = parts[0].toUpperCase(Locale.ROOT);
        String value = parts[1];
        return switch (instruction) {
            case "CMD" -> config.with("Cmd", command(value, change));
            case "ENTRYPOINT" -> config.with("Entrypoint", command(value, change));
            case "ENV" -> environment(config, value, change);
            case "EXPOSE" -> members(config, "ExposedPorts", ports(value, change));
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

    private static List<String> ports(String value, String change) {
        List<String> ports = List.of(value.split("\\s+"));
        for (String port : ports) {
            if (!PORT.matcher(port).matches()) {
                throw invalid(change, "a port is written as 8080, 8080/udp or 8000-8010/tcp");
            }
        }
        return ports.stream()
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
        List<JsonValue> variables = new ArrayList<>(config.array("Env"));
        for (InstructionPair pair : InstructionPair.parseAll(value, why -> invalid(change, why))) {
            variables.removeIf(variable -> variable.text()
                    .map(text -> text.startsWith(pair.key() + "="))
                    .orElse(false));
            variables.add(JsonValue.of(pair.key() + "=" + pair.value()));
        }
        return config.with("Env", JsonValue.array(variables));
    }

    private static JsonObject label(JsonObject config, String value, String change) {
        JsonObject labels =
                config.object("Labels").orElseGet(() -> JsonValue.object().build());
        for (InstructionPair pair : InstructionPair.parseAll(value, why -> invalid(change, why))) {
            labels = labels.with(pair.key(), JsonValue.of(pair.value()));
        }
        return config.with("Labels", labels);
    }

    private static DrayException invalid(String change, String why) {
        String quoted = change.length() > LONGEST_QUOTE ? change.substring(0, LONGEST_QUOTE) + "..." : change;
        String message = "invalid change \"%s\": %s".formatted(quoted, why);
        return new DrayException(DrayException.Kind.INVALID, Quote.printable(message));
    }
}
