package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.store.filesystem.Disk;
import dev.dray.store.fixture.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReserveTest {
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path parent;

    private final SmallDisk disk = new SmallDisk(Disk.standard());
    private Path folder;

    @BeforeEach
    void place() {
        folder = parent.resolve("store");
    }

    private Store open() {
        return TestStores.open(folder, StoreKind.ENGINE, StoreOptions.standard().withFiles(disk));
    }

    @Test
    void closedStoreHasAReserve() {
        open().close();
        open().close();

        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
    }

    @Test
    void storeOnAFullDiskIsOpenedWithoutItAndTakesItAgain() {
        open().close();
        disk.told = 0;
        Store store = open();
        assertThat(folder.resolve("reserve")).doesNotExist();

        disk.told = 3 * MEGABYTE;
        store.close();

        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
    }

    @Test
    void diskThatIsNotFullKeepsItAndOneThatIsNearItsEndGivesNone() {
        disk.told = 3 * MEGABYTE;
        open().close();
        assertThat(folder.resolve("reserve")).doesNotExist();

        disk.told = 100 * MEGABYTE;
        open().close();
        disk.told = 3 * MEGABYTE;
        try (Store _ = open()) {
            assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
        }
    }

    @Test
    void reserveThatCannotBeWrittenIsNoFailure() {
        open().close();
        disk.told = 0;
        Store store = open();
        disk.told = 3 * MEGABYTE;
        disk.free = 1000;

        store.close();

        disk.free = Long.MAX_VALUE;
        disk.told = Long.MAX_VALUE;
        open().close();
        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
    }
}
