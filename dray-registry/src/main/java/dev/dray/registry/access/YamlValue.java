package dev.dray.registry.access;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A small YAML document as a tree that remembers line numbers.
///
/// Built from parser events rather than by the library's composer, in order to bound the depth, reject duplicate keys,
/// and reject aliases, with which a few lines expand to gigabytes.
sealed interface YamlValue {
    int LARGEST = 1 << 20;
    int DEEPEST = 16;

    /// The line it starts on, counted from 1.
    int line();

    /// A scalar's text, quoted or not.
    record Scalar(String text, int line) implements YamlValue {}

    /// A sequence.
    record Sequence(List<YamlValue> items, int line) implements YamlValue {}

    /// A mapping; keys are scalars.
    record Mapping(Map<String, YamlValue> members, int line) implements YamlValue {}

    /// Reads one document; an empty one is an empty mapping.
    ///
    /// @throws DrayException of kind INVALID, naming the line
    static YamlValue parse(String text) {
        if (text.length() > LARGEST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "it is larger than the limit of %d characters".formatted(LARGEST));
        }
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(LARGEST).build();
        try {
            return new Reader(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            throw invalid(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, e.getProblem());
        } catch (YamlEngineException e) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "not YAML: " + Quote.shorten(String.valueOf(e.getMessage())), e);
        }
    }

    static DrayException invalid(int line, String why) {
        return new DrayException(DrayException.Kind.INVALID, "line %d: %s".formatted(line, Quote.printable(why)));
    }

    /// Reads one stream of events.
    final class Reader {
        private final Iterator<Event> events;

        private Reader(Iterator<Event> events) {
            this.events = events;
        }

        YamlValue document() {
            events.next();
            Event start = events.next();
            if (start.getEventId() == Event.ID.StreamEnd) {
                return new Mapping(Map.of(), 1);
            }
            YamlValue value = value(events.next(), 0);
            events.next();
            Event end = events.next();
            if (end.getEventId() != Event.ID.StreamEnd) {
                throw invalid(line(end), "there is a second document");
            }
            return value instanceof Scalar(String text, int line) && text.isEmpty()
                    ? new Mapping(Map.of(), line)
                    : value;
        }

        private YamlValue value(Event event, int depth) {
            if (depth > DEEPEST) {
                throw invalid(line(event), "nested deeper than %d levels".formatted(DEEPEST));
            }
            return switch (event.getEventId()) {
                case Scalar -> new Scalar(((ScalarEvent) event).getValue(), line(event));
                case SequenceStart -> sequence(line(event), depth);
                case MappingStart -> mapping(line(event), depth);
                case Alias -> throw invalid(line(event), "aliases are not understood here, write the value out");
                case Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
                    throw invalid(line(event), "a value is missing");
            };
        }

        private Sequence sequence(int line, int depth) {
            List<YamlValue> items = new ArrayList<>();
            for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
                items.add(value(event, depth + 1));
            }
            return new Sequence(List.copyOf(items), line);
        }

        private Mapping mapping(int line, int depth) {
            Map<String, YamlValue> members = new LinkedHashMap<>();
            for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
                if (!(event instanceof ScalarEvent key)) {
                    throw invalid(line(event), "a key is not a word");
                }
                if (members.put(key.getValue(), value(events.next(), depth + 1)) != null) {
                    throw invalid(line(event), "\"%s\" is there twice".formatted(Quote.shorten(key.getValue())));
                }
            }
            return new Mapping(members, line);
        }

        private static int line(Event event) {
            return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        }
    }
}
