package dev.dray.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a request, decoded, in the order sent.
///
/// `+` stands for a space as in forms; a parameter without `=` has an empty value.
public record Query(List<Parameter> parameters) {

    /// One `name=value`.
    public record Parameter(String name, String value) {}

    private static final Query EMPTY = new Query(List.of());

    public Query {
        parameters = List.copyOf(parameters);
    }

    /// Parses the part of a request's target after the `?`.
    ///
    /// @throws IllegalArgumentException when an escape is broken, or the decoded bytes are not UTF-8 or contain a
    ///     NUL
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : raw.split("&", -1)) {
            if (!part.isEmpty()) {
                int equal = part.indexOf('=');
                String name = equal < 0 ? part : part.substring(0, equal);
                String value = equal < 0 ? "" : part.substring(equal + 1);
                parameters.add(new Parameter(decode(name), decode(value)));
            }
        }
        return new Query(parameters);
    }

    /// The first value of the parameter called `name`.
    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// All values of the parameter called `name`.
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    private static String decode(String text) {
        return Percent.decode(text.replace('+', ' '));
    }
}
