package dev.dray.layer.recipe;

import dev.dray.layer.recipe.Segment.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consecutive segments of which only the first can be begun: what one thread makes.
///
/// @param next how the stretch behind it is begun; empty behind the last
record Stretch(List<Segment> segments, Optional<Restart> next) {
    Stretch {
        segments = List.copyOf(segments);
    }

    Segment first() {
        return segments.getFirst();
    }

    long offset() {
        return first().offset();
    }

    /// Bytes of the blob.
    long length() {
        return end() - offset();
    }

    Restart restart() {
        return first().restart();
    }

    long end() {
        return segments.getLast().end();
    }

    /// As much of it as is needed to reach `end`.
    Stretch upTo(long end) {
        return new Stretch(
                segments.stream().filter(segment -> segment.offset() < end).toList(), next);
    }

    static List<Stretch> of(List<Segment> segments) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= segments.size(); i++) {
            boolean end = i == segments.size();
            if (end || segments.get(i).restartable()) {
                Optional<Restart> next =
                        end ? Optional.empty() : Optional.of(segments.get(i).restart());
                stretches.add(new Stretch(segments.subList(from, i), next));
                from = i;
            }
        }
        return stretches;
    }
}
