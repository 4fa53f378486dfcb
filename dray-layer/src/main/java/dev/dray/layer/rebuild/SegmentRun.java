package dev.dray.layer.rebuild;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.recipe.RecipeMember;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.recipe.Segment.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consecutive segments that one thread encodes in one go. An encoder can resume at the first of them.
///
/// The first run of a blob is as short as can be, because a reader waits for it; the others have about 1 MiB, because
/// resuming has its cost.
///
/// @param next where the encoder resumes for the run behind this one; empty behind the last
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

    /// @param segments of which the first can be resumed at
    /// @param members tell where another encoder goes on: a run begins there
    public static List<SegmentRun> of(List<Segment> segments, List<RecipeMember> members) {
        List<SegmentRun> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= segments.size(); i++) {
            boolean end = i == segments.size();
            if (end || ends(segments.subList(from, i), runs.isEmpty() ? 1 : LENGTH, segments.get(i), members)) {
                Optional<Restart> next =
                        end ? Optional.empty() : Optional.of(segments.get(i).restart());
                runs.add(new SegmentRun(segments.subList(from, i), next));
                from = i;
            }
        }
        return runs;
    }

    private static boolean ends(List<Segment> run, long length, Segment next, List<RecipeMember> members) {
        return switch (next.restart()) {
            case Restart.Continued() -> false;
            case Restart.Member(int _) -> next.offset() - run.getFirst().offset() >= length;
            case Restart.Inside(int member, Checkpoint checkpoint) ->
                next.offset() - run.getFirst().offset() >= length
                        || members.get(member).runs().stream()
                                .anyMatch(encoder -> encoder.plainOffset() == checkpoint.plainPosition());
        };
    }

    /// The runs that hold the bytes `[from, to)` of a blob, from the nearest place where the encoder can resume.
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
        List<SegmentRun> runs = new ArrayList<>(of(segments.subList(first, end), members));
        SegmentRun last = runs.removeLast();
        runs.add(new SegmentRun(last.segments(), next));
        return runs;
    }
}
