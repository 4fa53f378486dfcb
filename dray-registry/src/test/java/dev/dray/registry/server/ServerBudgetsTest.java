package dev.dray.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How budgets follow from what a process has.
final class ServerBudgetsTest {
    private static final Resources SHIPPED = new Resources(256L << 20, 192L << 20, 20_000, 2);

    @Test
    void memoryOutsideTheHeapIsNeverPromisedTwice() {
        for (long direct : List.of(32L << 20, 192L << 20, 4L << 30)) {
            Budgets budgets = Budgets.of(new Resources(256L << 20, direct, 20_000, 2), false);
            long promised = budgets.http().slabBytes()
                    + budgets.http().heldBytes()
                    + budgets.http().streams() * (128L << 10);
            assertThat(promised).isLessThan(direct);
        }
    }

    @Test
    void fewDescriptorsMakeFewConnections() {
        Budgets few = Budgets.of(new Resources(256L << 20, 192L << 20, 300, 2), false);
        assertThat(few.http().connections()).isEqualTo(86);
    }

    @Test
    void encryptedConnectionsAreFewer() {
        assertThat(Budgets.of(SHIPPED, false).http().connections()).isEqualTo(3072);
        assertThat(Budgets.of(SHIPPED, true).http().connections()).isEqualTo(1228);
    }

    @Test
    void directMemoryIsReadFromTheFlagsOfTheJvm() {
        assertThat(Resources.direct(List.of("-Xmx256m", "-XX:MaxDirectMemorySize=192m"), 256 << 20))
                .isEqualTo(192 << 20);
        assertThat(Resources.direct(List.of("-Xmx256m"), 256 << 20)).isEqualTo(256 << 20);
    }

    @Test
    void processHasSomeOfEverything() {
        assertThat(Resources.ofProcess().descriptors()).isGreaterThan(64);
    }

    @Test
    void everyBudgetIsSaidInOneLine() {
        assertThat(Budgets.of(SHIPPED, false).describe())
                .allMatch(line -> line.matches(".*\\d.*") && !line.contains("\n"))
                .anyMatch(line -> line.startsWith("connections: 3072"));
    }
}
