package dev.dray.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.store.jdbc.JdbcTransaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
    private static final int CHANGES = 100;

    @TempDir
    Path folder;

    private SqliteCatalog catalog;

    @BeforeEach
    void open() {
        catalog = SqliteCatalog.open(folder.resolve("store.db"), Map.of("kind", "test"), InstantSource.system());
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void changesThatWaitTogetherShareACommit() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> outcomes = changesBehindABusyWriter(callers, -1);

            for (Future<?> outcome : outcomes) {
                outcome.get();
            }
        }
        assertThat(catalog.commits()).isEqualTo(2);
        assertThat(count()).isEqualTo(CHANGES);
    }

    @Test
    void failureOfOneChangeTouchesNoOtherOfItsBatch() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> outcomes = changesBehindABusyWriter(callers, 7);

            assertThatThrownBy(() -> outcomes.get(7).get()).hasRootCauseMessage("no");
            for (int i = 0; i < CHANGES; i++) {
                if (i != 7) {
                    outcomes.get(i).get();
                }
            }
        }
        assertThat(catalog.commits()).isEqualTo(2);
        assertThat(count()).isEqualTo(CHANGES - 1);
        catalog.read(tx -> assertThat(tx.settings().find("7"))).isEmpty();
    }

    @Test
    void statementThatFailedOnceWorksAgain() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> catalog.change(tx -> ((JdbcTransaction) tx)
                            .session()
                            .update("INSERT INTO setting (name, value) VALUES (?, ?)", "kind", "again")))
                    .hasMessageContaining("UNIQUE constraint failed");
        }
        catalog.change(tx ->
                ((JdbcTransaction) tx).session().update("INSERT INTO setting (name, value) VALUES (?, ?)", "a", "b"));
        catalog.read(tx -> assertThat(tx.settings().find("a")).contains("b"));
    }

    @Test
    void readingThatWritesIsRefused() {
        assertThatThrownBy(() -> catalog.read(tx -> {
                    tx.settings().put("a", "b");
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        catalog.read(tx -> assertThat(tx.settings().find("a"))).isEmpty();
    }

    @Test
    void catalogWithinAChangeIsRefused() {
        assertThatThrownBy(() -> catalog.change(tx -> catalog.change(inner -> {})))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> catalog.change(tx -> catalog.read(inner -> 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readerSeesOneStateThroughout() {
        catalog.change(tx -> tx.settings().put("a", "1"));

        Optional<String> second = catalog.read(tx -> {
            assertThat(tx.settings().find("a")).contains("1");
            Thread.ofPlatform()
                    .start(() -> catalog.change(other -> other.settings().put("a", "2")));
            awaitCommits(2);
            return tx.settings().find("a");
        });
        assertThat(second).contains("1");
        catalog.read(tx -> assertThat(tx.settings().find("a"))).contains("2");
    }

    @Test
    void closedCatalogRefusesInsteadOfWaiting() {
        catalog.close();

        assertThatThrownBy(() -> catalog.change(tx -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> catalog.read(tx -> 1)).isInstanceOf(IllegalStateException.class);
    }

    /// Hands in a hundred changes while the writer is busy with another, the one of number `failing` a failing one.
    private List<Future<?>> changesBehindABusyWriter(ExecutorService callers, int failing) throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<?> first = callers.submit(() -> catalog.change(tx -> {
            busy.countDown();
            awaitLatch(go);
        }));
        busy.await();
        List<Future<?>> outcomes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            int number = i;
            outcomes.add(callers.submit(() -> catalog.change(tx -> {
                tx.settings().put(Integer.toString(number), "x");
                if (number == failing) {
                    throw new IllegalArgumentException("no");
                }
            })));
        }
        while (catalog.waiting() < CHANGES) {
            Thread.onSpinWait();
        }
        go.countDown();
        first.get();
        return outcomes;
    }

    private int count() {
        return catalog.read(tx -> (int) java.util.stream.IntStream.range(0, CHANGES)
                .filter(i -> tx.settings().find(Integer.toString(i)).isPresent())
                .count());
    }

    private void awaitCommits(int commits) {
        while (catalog.commits() < commits) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
