package dev.dray.model.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A JSON value (RFC 8259) as an immutable tree; objects keep the order of their members.
///
/// [Json] reads and writes it. The accessors of this interface return empty when the value has another type, so that a
/// view of a foreign document can be lenient about members it does not need and strict about the others.
public sealed interface JsonValue {

    static JsonValue of(String text) {
        return new JsonString(text);
    }

    static JsonValue of(long number) {
        return new JsonNumber(Long.toString(number));
    }

    /// A fraction, written with at most three decimals.
    static JsonValue of(double number) {
        return new JsonNumber(BigDecimal.valueOf(number)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }

    static JsonValue of(boolean truth) {
        return new JsonBoolean(truth);
    }

    static JsonArray array(List<? extends JsonValue> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    static JsonArray strings(List<String> elements) {
        return new JsonArray(elements.stream().map(JsonValue::of).toList());
    }

    static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    /// This value as text, when it is a string.
    default Optional<String> text() {
        return this instanceof JsonString(String value) ? Optional.of(value) : Optional.empty();
    }

    /// This value as a whole number, when it is one that fits in 64 bits.
    default OptionalLong number() {
        if (this instanceof JsonNumber(String literal)) {
            try {
                return OptionalLong.of(Long.parseLong(literal));
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /// This value as an object, when it is one.
    default Optional<JsonObject> asObject() {
        return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /// The elements, when this is an array; else none.
    default List<JsonValue> elements() {
        return this instanceof JsonArray(List<JsonValue> elements) ? elements : List.of();
    }

    /// A string.
    record JsonString(String value) implements JsonValue {}

    /// A number as its literal, so that no precision is lost.
    record JsonNumber(String literal) implements JsonValue {}

    /// `true` or `false`.
    record JsonBoolean(boolean value) implements JsonValue {}

    /// `null`.
    record JsonNull() implements JsonValue {}

    /// An array.
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /// An object; its members keep their order.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof JsonNull));
        }

        public Optional<String> text(String name) {
            return get(name).flatMap(JsonValue::text);
        }

        public OptionalLong number(String name) {
            return get(name).map(JsonValue::number).orElse(OptionalLong.empty());
        }

        public Optional<JsonObject> object(String name) {
            return get(name).flatMap(JsonValue::asObject);
        }

        public List<JsonValue> array(String name) {
            return get(name).map(JsonValue::elements).orElse(List.of());
        }

        /// This object with one member set; a new member goes to the end.
        public JsonObject with(String name, JsonValue value) {
            Map<String, JsonValue> changed = new LinkedHashMap<>(members);
            changed.put(name, value);
            return new JsonObject(changed);
        }

        /// This object without one member.
        public JsonObject without(String name) {
            Map<String, JsonValue> changed = new LinkedHashMap<>(members);
            changed.remove(name);
            return new JsonObject(changed);
        }
    }

    /// Builds an object member by member. Not thread safe.
    final class ObjectBuilder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private ObjectBuilder() {}

        public ObjectBuilder put(String name, JsonValue value) {
            members.put(name, Objects.requireNonNull(value));
            return this;
        }

        public ObjectBuilder put(String name, String value) {
            return put(name, JsonValue.of(value));
        }

        public ObjectBuilder put(String name, long value) {
            return put(name, JsonValue.of(value));
        }

        public ObjectBuilder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
