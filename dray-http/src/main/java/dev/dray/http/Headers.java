package dev.dray.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Header fields, immutable and ordered; names are case-insensitive (RFC 9110, section 5).
///
/// Names are tokens, and values contain no control characters but tab, so every instance can be sent.
public record Headers(List<Field> fields) {

    /// One field.
    public record Field(String name, String value) {

        public Field {
            if (name.isEmpty() || !name.chars().allMatch(Field::isTokenLetter)) {
                throw new IllegalArgumentException("\"" + printable(name) + "\" is not a header field name");
            }
            if (!value.chars().allMatch(Field::isValueLetter)) {
                throw new IllegalArgumentException("the value of header field " + name + " holds a control character");
            }
        }

        private static boolean isTokenLetter(int letter) {
            return (letter >= '0' && letter <= '9')
                    || (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || "!#$%&'*+-.^_`|~".indexOf(letter) >= 0;
        }

        private static boolean isValueLetter(int letter) {
            return letter == '\t' || (letter >= ' ' && letter != 0x7f && letter <= 0xff);
        }

        private static String printable(String text) {
            return text.replaceAll("[^ -~]", "?");
        }
    }

    private static final Headers EMPTY = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    public static Headers empty() {
        return EMPTY;
    }

    /// The first value of the field called `name`.
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /// All values of the fields called `name`, one per field line.
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /// These fields plus one.
    ///
    /// @throws IllegalArgumentException when name or value is not valid
    public Headers and(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /// These fields, with every field called `name` replaced by this one.
    ///
    /// @throws IllegalArgumentException when name or value is not valid
    public Headers with(String name, String value) {
        List<Field> others = new ArrayList<>(fields);
        others.removeIf(field -> field.name().equalsIgnoreCase(name));
        others.add(new Field(name, value));
        return new Headers(others);
    }
}
