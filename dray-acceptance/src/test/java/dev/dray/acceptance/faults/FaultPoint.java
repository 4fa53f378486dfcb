package dev.dray.acceptance.faults;

import java.util.List;
import java.util.Optional;

/// A system call at which a fault strikes: the `when`-th that has its name, in any one thread.
///
/// @param path only calls about this file count; empty: all do
record FaultPoint(String call, Optional<String> path, int when) {
    /// What `strace` is told, so that the process ends before the call does anything.
    List<String> kill() {
        return inject("signal=KILL");
    }

    /// What `strace` is told, so that the call fails without doing anything.
    List<String> fail(String error) {
        return inject("error=" + error);
    }

    private List<String> inject(String fault) {
        String option = "-einject=%s:%s:when=%d".formatted(call, fault, when);
        return path.map(file -> List.of("-P" + file, option)).orElse(List.of(option));
    }

    @Override
    public String toString() {
        return "%s #%d%s".formatted(call, when, path.map(file -> " of " + file).orElse(""));
    }
}
