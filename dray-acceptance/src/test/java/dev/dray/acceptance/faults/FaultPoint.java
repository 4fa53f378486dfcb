package dev.dray.acceptance.faults;

import java.util.List;
import java.util.Optional;

/// A system call to inject a fault into: the `when`-th of its name in any one thread.
///
/// @param path counts only calls on this file; empty: all calls
record FaultPoint(String call, Optional<String> path, int when) {
    /// The options of `strace` that kill the process before the call has any effect.
    List<String> kill() {
        return inject("signal=KILL");
    }

    /// The options of `strace` that make the call fail without any effect.
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
