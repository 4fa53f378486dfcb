package dev.dray.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.UnknownOutcomeException;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.sqlite.SqliteCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCommitTest {
    @TempDir
    Path folder;

    private Database catalog;
    private LocalProcess process;
    private FileCommit commit;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        catalog = SqliteCatalog.open(
                Files.createFile(folder.resolve("store.db")), Map.of("kind", "test"), InstantSource.system());
        process = new LocalProcess(catalog, new ProcessLocks(Files.createDirectory(folder.resolve("processes"))));
        commit = new FileCommit(Disk.standard(), process);
        file = folder.resolve("file");
    }

    @AfterEach
    void close() {
        process.close();
        catalog.close();
    }

    @Test
    void fileOfAChangeThatFailedIsGone() {
        assertThatThrownBy(() -> fail(new DrayException(Kind.UNAVAILABLE, "locked")))
                .hasMessage("locked");

        assertThat(file).doesNotExist();
        assertThat(isForgottenOnLeaving()).isTrue();
    }

    @Test
    void fileOfAChangeThatMayHaveBeenCommittedStaysForTheNextStart() {
        DrayException lost = new DrayException(Kind.UNAVAILABLE, "the disk is away").advising("look for it");
        assertThatThrownBy(() -> fail(new UnknownOutcomeException(lost)))
                .hasMessage("the disk is away")
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.advice()).contains("look for it"));

        assertThat(file).exists();
        assertThat(isForgottenOnLeaving()).isFalse();
    }

    private void fail(DrayException failure) throws IOException {
        process.id();
        commit.commit(List.of(file), () -> Files.createFile(file), () -> {
            throw failure;
        });
    }

    private boolean isForgottenOnLeaving() {
        process.leave();
        return catalog.<Boolean>read(
                transaction -> transaction.processes().list().isEmpty());
    }
}
