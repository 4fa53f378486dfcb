package dev.dray.layer.rebuild;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.recipe.Segment.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consecutive segments of which the first can be begun: what one thread makes in one go.
///
/// The first stretch of several is as short as can be, because someone waits for it; the others have
/// about 1 MiB, because beginning costs an encoder something.
///
/// @param next how the stretch behind it is begun; empty behind the last
public record SegmentRun(List<Segment> segments, Optional<Restart> next) {
    private static final long LENGTH = 1L << 20;

    public SegmentRun {
        segments = List.copyOf(segments);
    }

    Segment first() {
        return segments.getFirst();
    }

    public long offset() {
        return first().offset();
    }

    /// Bytes of the blob.
    long length() {
        return end() - offset();
    }

    public Restart restart() {
        return first().restart();
    }

    public long end() {
        return segments.getLast().end();
    }

    /// @param segments of which the first can be begun
    /// @param members for the places where another encoder goes on: there begins a stretch
    public static List<SegmentRun> of(List<Segment> segments, List<RecipeMember> members) {
        List<SegmentRun> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= segments.size(); i++) {
            boolean end = i == segments.size();
            if (end || ends(segments.subList(from, i), stretches.isEmpty() ? 1 : LENGTH, segments.get(i), members)) {
                Optional<Restart> next =
                        end ? Optional.empty() : Optional.of(segments.get(i).restart());
                stretches.add(new SegmentRun(segments.subList(from, i), next));
                from = i;
            }
        }
        return stretches;
    }

    private static boolean ends(List<Segment> stretch, long length, Segment next, List<RecipeMember> members) {
        return switch (next.restart()) {
            case Restart.Continued() -> false;
            case Restart.Member(int _) -> next.offset() - stretch.getFirst().offset() >= length;
            case Restart.Inside(int member, Checkpoint checkpoint) ->
                next.offset() - stretch.getFirst().offset() >= length
                        || members.get(member).runs().stream()
                                .anyMatch(run -> run.plainOffset() == checkpoint.plainPosition());
        };
    }

    /// The stretches that hold the bytes `[from, to)` of a blob, begun as near as can be.
    public static List<SegmentRun> of(List<Segment> segments, List<RecipeMember> members, long from, long to) {
        int first = 0;
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.restartable() && segment.offset() <= from) {
                first = i;
            }
            if (segment.offset() < to) {
                end = i + 1;
            }
        }
        Optional<Restart> next = segments.subList(end, segments.size()).stream()
                .filter(Segment::restartable)
                .map(Segment::restart)
                .findFirst();
        List<SegmentRun> stretches = new ArrayList<>(of(segments.subList(first, end), members));
        SegmentRun last = stretches.removeLast();
        stretches.add(new SegmentRun(last.segments(), next));
        return stretches;
    }
}
