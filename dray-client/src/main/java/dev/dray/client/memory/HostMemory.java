package dev.dray.client.memory;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Remembers what was learnt of each registry. Thread safe.
public interface HostMemory {
    /// What is known of `host`, as references write it.
    HostFacts of(String host);

    void change(String host, UnaryOperator<HostFacts> change);

    /// Text, the same for every command of this user and not known to others, that fingerprints are mixed with.
    String salt();

    /// Keeps what has changed since the last call, where something is kept at all. Never fails: without it the next
    /// command asks again.
    void flush();

    /// Lasts as long as the process.
    static HostMemory inMemory() {
        return new ProcessMemory();
    }

    /// Kept in a file that its owner alone may read, for it holds tokens. The file is read when something is first
    /// asked, and replaced in one step; a file that cannot be read counts as empty.
    static HostMemory inFile(Path file) {
        return new FileMemory(file);
    }
}
