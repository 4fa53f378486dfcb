package dev.dray.acceptance.durability;

import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.SystemCalls.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A run of the real command under strace, which records its syncs and renames, and can suppress one kind of sync by
/// answering in the system's place.
///
/// @param calls to trace, separated by commas
/// @param leftOut the suppressed sync
record SyncTrace(Path log, String calls, Step leftOut) {
    /// A kind of sync, by its system call: the JDK syncs the data of files with fdatasync, and folders with fsync.
    enum Step {
        NONE(""),
        DATA("fdatasync"),
        DIRECTORY("fsync");

        private final String call;

        Step(String call) {
            this.call = call;
        }

        /// The message of an assertion that misses it.
        String missing() {
            return "no " + name().toLowerCase(java.util.Locale.ROOT) + " sync was seen";
        }
    }

    /// The words before the command.
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                Peer.STRACE.path().toString(),
                "-f",
                "-y",
                "--seccomp-bpf",
                "-s64",
                "-o" + log,
                "-etrace=fsync,fdatasync," + calls));
        if (leftOut != Step.NONE) {
            words.add("-einject=" + leftOut.call + ":retval=0");
        }
        return words;
    }

    /// The traced calls.
    SystemCalls read() throws IOException {
        return SystemCalls.parse(Files.readAllLines(log));
    }

    static Predicate<Call> syncOf(String part) {
        return call -> (call.name().equals("fsync") || call.name().equals("fdatasync"))
                && call.wasDone()
                && call.text().contains(part);
    }

    static Call found(String what, Optional<Call> call) {
        return call.orElseThrow(() -> new AssertionError("no " + what + " was seen"));
    }

    /// The data sync of a file before a rename, and the sync of the target folder after it.
    ///
    /// @param staged prefix of the file's path before the rename
    /// @param folder suffix of the target folder's path
    /// @return the sync of the folder
    static Call durableName(SystemCalls calls, Call rename, String staged, String folder) {
        Call data = found("data sync", calls.first(syncOf("<" + staged)));
        if (data.end() >= rename.start()) {
            throw new AssertionError("the data sync had not returned when the rename began");
        }
        return found("directory sync", calls.firstAfter(rename, syncOf(folder + ">")));
    }
}
