package dev.dray.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLocksTest {
    @TempDir
    Path folder;

    @Test
    void processOfThisJvmLivesUntilItsLockIsReleased() throws IOException {
        ProcessLocks locks = new ProcessLocks(folder);
        ProcessLocks seenByAnotherStore = new ProcessLocks(folder);
        assertThat(locks.acquire("1")).isTrue();
        assertThat(seenByAnotherStore.isAlive("1")).isTrue();
        assertThat(seenByAnotherStore.isAlive("1")).isTrue();

        locks.release("1");

        assertThat(seenByAnotherStore.isAlive("1")).isFalse();
        assertThat(folder.resolve("1")).doesNotExist();
    }

    @Test
    void lockFileThatNobodyHoldsIsADeadProcess() throws IOException {
        Files.createFile(folder.resolve("7"));
        ProcessLocks locks = new ProcessLocks(folder);
        assertThat(locks.isAlive("7")).isFalse();

        locks.forget("7");

        assertThat(folder.resolve("7")).doesNotExist();
    }

    /// As it is after a kill between the file and the commit of the row.
    @Test
    void lockFileOfAProcessThatNeverHadItsRowIsTakenByTheNextOfThatName() throws IOException {
        Files.createFile(folder.resolve("7"));
        ProcessLocks locks = new ProcessLocks(folder);

        assertThat(locks.acquire("7")).isTrue();

        assertThat(locks.isAlive("7")).isTrue();
        locks.release("7");
        assertThat(folder.resolve("7")).doesNotExist();
    }

    @Test
    void livingProcessIsNotForgotten() throws IOException {
        ProcessLocks locks = new ProcessLocks(folder);
        assertThat(locks.acquire("1")).isTrue();

        new ProcessLocks(folder).forget("1");

        assertThat(folder.resolve("1")).exists();
        locks.release("1");
    }

    @Test
    void nameIsTakenOnce() throws IOException {
        ProcessLocks locks = new ProcessLocks(folder);
        assertThat(locks.acquire("1")).isTrue();
        assertThat(locks.acquire("1")).isFalse();
        assertThat(locks.isAlive("1")).isTrue();
        locks.release("1");
    }
}
