package dev.dray.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.store.jdbc.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The system calls behind it are watched by the acceptance module's `SyncOrderTest`, where strace is installed.
final class ConnectionsTest {
    private static final long FULL = 2;

    @TempDir
    Path folder;

    @Test
    void commitsForceTheWriteAheadLogBeforeTheyReturn() {
        try (Session session = new Connections(folder.resolve("store.db")).writing()) {
            assertThat(session.first("PRAGMA synchronous", row -> row.number(1)))
                    .contains(FULL);
        }
    }
}
