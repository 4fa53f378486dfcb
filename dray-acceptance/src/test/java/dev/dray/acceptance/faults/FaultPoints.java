package dev.dray.acceptance.faults;

import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.SystemCalls.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The calls of a rehearsal that change files below a folder, in order.
///
/// @param steps renames, truncations and syncs of the store's own files
/// @param others writes, new files, and all calls of the database
record FaultPoints(List<FaultPoint> steps, List<FaultPoint> others) {
    /// The calls that change files or make them durable, for `strace`.
    static final String CALLS =
            "trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat2,linkat,unlink,unlinkat";

    private static final Set<String> STEPS =
            Set.of("ftruncate", "fsync", "fdatasync", "rename", "renameat2", "linkat", "unlink", "unlinkat");

    FaultPoints {
        steps = List.copyOf(steps);
        others = List.copyOf(others);
    }

    /// @param byPath whether files have the same names in each run; otherwise calls on all files are counted
    ///     together
    static FaultPoints of(SystemCalls rehearsal, Path folder, boolean byPath) {
        Set<FaultPoint> steps = new LinkedHashSet<>();
        Set<FaultPoint> others = new LinkedHashSet<>();
        Map<List<Object>, Integer> counts = new HashMap<>();
        Set<FaultPoint> reached = new LinkedHashSet<>();
        List<Call> calls = rehearsal.calls().stream()
                .sorted(Comparator.comparingInt(Call::start))
                .toList();
        for (Call call : calls) {
            Optional<String> path = call.path();
            Optional<String> counted = byPath ? path : Optional.empty();
            int when = counts.merge(List.of(call.thread(), call.name(), counted), 1, Integer::sum);
            FaultPoint point = new FaultPoint(call.name(), counted, when);
            boolean first = reached.add(point);
            if (first && path.isPresent() && path.get().startsWith(folder + "/") && changes(call)) {
                boolean database = path.get().contains("/store.db");
                (STEPS.contains(call.name()) && !database ? steps : others).add(point);
            }
        }
        return new FaultPoints(List.copyOf(steps), List.copyOf(others));
    }

    private static boolean changes(Call call) {
        return call.succeeded() && (!call.name().equals("openat") || call.text().contains("O_CREAT"));
    }

    /// About `count` points, spread over the whole run: two of three are steps, as long as there are enough.
    List<FaultPoint> some(int count, Random random) {
        List<FaultPoint> chosen =
                new ArrayList<>(spread(steps, Math.max(count * 2 / 3, count - others.size()), random));
        chosen.addAll(spread(others, count - chosen.size(), random));
        return chosen;
    }

    /// The points at the calls that a failing disk makes fail.
    FaultPoints only(String... calls) {
        Set<String> names = Set.of(calls);
        return new FaultPoints(
                steps.stream().filter(point -> names.contains(point.call())).toList(),
                others.stream().filter(point -> names.contains(point.call())).toList());
    }

    /// A random point of each of `count` parts of about equal length, including the first and the last point.
    private static List<FaultPoint> spread(List<FaultPoint> all, int count, Random random) {
        if (all.size() <= count) {
            return all;
        }
        List<FaultPoint> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * all.size() / count;
            int to = (i + 1) * all.size() / count;
            chosen.add(all.get(
                    i == 0 ? 0 : i == count - 1 ? all.size() - 1 : from + random.nextInt(Math.max(1, to - from))));
        }
        return chosen;
    }

    int size() {
        return steps.size() + others.size();
    }
}
