package dev.dray.acceptance.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections that are held open and ask for nothing.
@Timeout(180)
final class HeldConnectionsTest {
    private static final String HALF_A_HEAD = "G";

    @TempDir
    private Path folder;

    private static void holds(DrayServer server, int connections) throws Exception {
        Victim other = Victim.of(server);
        try (Crowd _ = Crowd.of(connections, 50, server.port(), HALF_A_HEAD)) {
            other.isServed();
        }
        other.isServed();
        assertThat(server.stop()).isZero();
    }

    @Test
    void halfHeadsBeyondTheMemoryLeaveOthersServed() throws Exception {
        try (DrayServer server = DrayServer.Plan.in(folder)
                .javaOptions("-XX:MaxDirectMemorySize=32m")
                .start()) {
            holds(server, 3_000);
        }
    }

    @Test
    @Tag("campaign")
    void halfHeadsOnThirteenThousandConnectionsLeaveOthersServed() throws Exception {
        try (DrayServer server = DrayServer.start(folder)) {
            holds(server, 13_000);
        }
    }

    @Test
    void moreConnectionsThanDescriptorsLeaveOthersServed() throws Exception {
        List<String> fewDescriptors = List.of("bash", "-c", "ulimit -n 300; exec \"$@\"", "--");
        try (DrayServer server =
                DrayServer.Plan.in(folder).tracedBy(fewDescriptors).start()) {
            holds(server, 400);
            assertThat(server.notices()).doesNotContain("cannot accept");
        }
    }

    @Test
    void budgetsAreSaidAtTheStartWhenAskedFor() throws Exception {
        try (DrayServer server = DrayServer.Plan.in(folder).options("--debug").start()) {
            assertThat(server.notices())
                    .contains("dray: budget for connections: ", "dray: budget for request bodies under way: ");
        }
    }
}
