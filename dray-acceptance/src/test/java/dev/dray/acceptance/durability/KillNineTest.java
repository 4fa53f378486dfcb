package dev.dray.acceptance.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.seeds.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// 201 means durable: acknowledged content survives a `kill -9`.
///
/// A few rounds in CI; `-Ddray.kill-nine.rounds=50` for the whole loop. A failure's message contains the seed.
@Tag("share")
class KillNineTest {
    private static final int ROUNDS = Integer.getInteger("dray.kill-nine.rounds", 4);
    private static final long SEED = Seeds.of(KillNineTest.class);
    private static final int PUSHERS = 20;
    private static final int IN_FLIGHT = 8;
    private static final int ACKNOWLEDGEMENTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);
    private final Acknowledged all = new Acknowledged();

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterTheKill(TestReporter reporter) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Acknowledged acknowledged = killAmidPushes(round, reporter);
            try (DrayServer again = DrayServer.start(folder)) {
                assertThat(acknowledged.broken(again.host()))
                        .as("round %d of seed %d", round, SEED)
                        .isEmpty();
                again.stop();
            }
            all.addAll(acknowledged);
        }
        try (DrayServer last = DrayServer.start(folder)) {
            assertThat(all.broken(last.host()))
                    .as("all rounds of seed %d", SEED)
                    .isEmpty();
        }
    }

    private Acknowledged killAmidPushes(int round, TestReporter reporter) throws Exception {
        Acknowledged acknowledged = new Acknowledged();
        List<Pusher> pushers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (DrayServer server = DrayServer.start(folder)) {
            for (int i = 0; i < PUSHERS; i++) {
                String repository = "round-%d/pusher-%d".formatted(round, i);
                Pusher pusher = new Pusher(server.host(), repository, random.nextLong(), acknowledged);
                pushers.add(pusher);
                threads.add(Thread.ofPlatform().start(pusher));
            }
            awaitAcknowledgements(acknowledged, ACKNOWLEDGEMENTS + random.nextInt(100));
            Thread.sleep(random.nextInt(40));
            awaitInFlight(pushers);
            server.kill();
        }
        for (Thread thread : threads) {
            thread.join(PATIENCE);
        }
        long inFlight = pushers.stream().filter(Pusher::isInFlight).count();
        assertThat(inFlight)
                .as("pushes that the kill of round %d interrupted", round)
                .isGreaterThanOrEqualTo(IN_FLIGHT);
        assertThat(pushers.stream().flatMap(pusher -> pusher.refusal().stream()))
                .as("refused in round %d", round)
                .isEmpty();
        reporter.publishEntry(
                "round " + round, "%d acknowledged, %d in flight".formatted(acknowledged.count(), inFlight));
        return acknowledged;
    }

    private static void awaitAcknowledgements(Acknowledged acknowledged, int wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (acknowledged.count() < wanted && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        assertThat(acknowledged.count()).isGreaterThanOrEqualTo(wanted);
    }

    /// Waits until most pushers are in the middle of a blob, so that enough of them still are when the signal
    /// arrives.
    private static void awaitInFlight(List<Pusher> pushers) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pushers.stream().filter(Pusher::isInFlight).count() < IN_FLIGHT + 4 && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }
}
