package dev.dray.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
    private static final Set<Integer> HUNDRED = IntStream.range(0, 100).boxed().collect(Collectors.toUnmodifiableSet());

    @Test
    void everyElementIsWorkedOnAndNeverMoreAtOnceThanAllowed() throws IOException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        TaskGroup.forEachOnPlatformThreads(HUNDRED, 4, element -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            done.add(element);
            now.decrementAndGet();
        });
        assertThat(done).isEqualTo(HUNDRED);
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void failureWhileOthersAreStillBeingStartedIsTheOneThatIsThrown() {
        for (int round = 0; round < 200; round++) {
            assertThatThrownBy(() -> TaskGroup.forEach(HUNDRED, 8, _ -> {
                        throw new IOException("broken");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
        }
    }

    @Test
    void whatHasNotStartedIsNotStartedAfterAFailure() {
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(() -> TaskGroup.forEachOnPlatformThreads(HUNDRED, 2, _ -> {
                    started.incrementAndGet();
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        assertThat(started).hasValueLessThan(100);
    }

    @Test
    void noTaskOutlivesTheCall() {
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> TaskGroup.forEach(HUNDRED, 100, element -> {
                    running.incrementAndGet();
                    try {
                        if (element == 7) {
                            throw new IOException("broken");
                        }
                        Thread.sleep(20_000);
                    } catch (InterruptedException interrupted) {
                        throw new IOException("interrupted", interrupted);
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .hasMessage("broken");
        assertThat(running).hasValue(0);
    }
}
