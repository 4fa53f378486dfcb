package dev.dray.layer.recipe;

import java.util.ArrayList;
import java.util.List;

/// Consecutive segments of which only the first can be begun: what one thread makes.
record Stretch(List<Segment> segments) {
    Stretch {
        segments = List.copyOf(segments);
    }

    Segment first() {
        return segments.getFirst();
    }

    long offset() {
        return first().offset();
    }

    long end() {
        return segments.getLast().end();
    }

    /// As much of it as is needed to reach `end`.
    Stretch upTo(long end) {
        return new Stretch(
                segments.stream().filter(segment -> segment.offset() < end).toList());
    }

    static List<Stretch> of(List<Segment> segments) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= segments.size(); i++) {
            if (i == segments.size() || segments.get(i).restartable()) {
                stretches.add(new Stretch(segments.subList(from, i)));
                from = i;
            }
        }
        return stretches;
    }
}
