package dev.dray.acceptance.durability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// System calls of all threads, from what `strace -f -y` writes to a file.
///
/// @param calls in the order in which they ended
record SystemCalls(List<Call> calls) {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(?:<\\.\\.\\. (\\w+) resumed>|(\\w+)\\()(.*)");
    private static final String UNFINISHED = "<unfinished ...>";

    SystemCalls {
        calls = List.copyOf(calls);
    }

    /// One call.
    ///
    /// @param start the line at which it began
    /// @param end the line at which it returned
    /// @param text its arguments and what it returned
    record Call(int start, int end, String name, String text) {
        boolean succeeded() {
            return !text.contains(" = -1 ");
        }
    }

    static SystemCalls parse(List<String> lines) {
        List<Call> calls = new ArrayList<>();
        Map<String, Call> unfinished = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            String thread = line.group(1);
            String text = line.group(4);
            Call begun = line.group(2) == null ? new Call(i, i, line.group(3), text) : unfinished.remove(thread);
            if (begun == null) {
                continue;
            }
            if (text.endsWith(UNFINISHED)) {
                unfinished.put(thread, begun);
            } else {
                String whole = line.group(2) == null ? text : begun.text().replace(UNFINISHED, "") + text;
                calls.add(new Call(begun.start(), i, begun.name(), whole));
            }
        }
        return new SystemCalls(calls);
    }

    /// The first that fits.
    Optional<Call> first(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).findFirst();
    }

    /// The first that fits and began after `earlier` had returned.
    Optional<Call> firstAfter(Call earlier, Predicate<Call> wanted) {
        return first(call -> call.start() > earlier.end() && wanted.test(call));
    }
}
