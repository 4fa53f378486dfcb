package dev.dray.acceptance.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// System calls of all threads, from a log of `strace -f -y`.
///
/// @param calls in the order of their ends
public record SystemCalls(List<Call> calls) {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(?:<\\.\\.\\. (\\w+) resumed>|(\\w+)\\()(.*)");
    private static final Pattern DESCRIBED = Pattern.compile("\\d+<(/[^>]*)>");
    private static final Pattern NAMED = Pattern.compile("\"(/[^\"]*)\"");
    private static final String UNFINISHED = "<unfinished ...>";

    public SystemCalls {
        calls = List.copyOf(calls);
    }

    /// One call.
    ///
    /// @param thread of the call
    /// @param start the line at which it began
    /// @param end the line at which it returned
    /// @param text its arguments and result
    public record Call(String thread, int start, int end, String name, String text) {
        public boolean succeeded() {
            return !text.contains(" = -1 ");
        }

        /// Whether it took effect: it did not fail, and strace did not answer in the system's place.
        public boolean wasDone() {
            return succeeded() && !text.endsWith("(INJECTED)");
        }

        /// The file of the call, of two the first; empty when it has none.
        public Optional<String> path() {
            Matcher described = DESCRIBED.matcher(text);
            if (described.lookingAt()) {
                return Optional.of(described.group(1));
            }
            Matcher named = NAMED.matcher(text);
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        }
    }

    public static SystemCalls parse(List<String> lines) {
        List<Call> calls = new ArrayList<>();
        Map<String, Call> unfinished = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            String thread = line.group(1);
            String text = line.group(4);
            Call begun =
                    line.group(2) == null ? new Call(thread, i, i, line.group(3), text) : unfinished.remove(thread);
            if (begun == null) {
                continue;
            }
            if (text.endsWith(UNFINISHED)) {
                unfinished.put(thread, begun);
            } else {
                String whole = line.group(2) == null ? text : begun.text().replace(UNFINISHED, "") + text;
                calls.add(new Call(thread, begun.start(), i, begun.name(), whole));
            }
        }
        return new SystemCalls(calls);
    }

    /// The first match.
    public Optional<Call> first(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).findFirst();
    }

    /// The first match that began after `earlier` had returned.
    public Optional<Call> firstAfter(Call earlier, Predicate<Call> wanted) {
        return first(call -> call.start() > earlier.end() && wanted.test(call));
    }
}
