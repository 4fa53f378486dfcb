package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void openStoreHasAReserve() {
        try (Store _ = open()) {
            assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
        }
        open().close();
        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
    }

    @Test
    void storeOnAFullDiskIsOpenedWithoutItAndTakesItAgain() {
        open().close();
        disk.told = 0;
        Store store = open();
        assertThat(folder.resolve("reserve")).doesNotExist();
        assertThat(store.isShort()).isTrue();

        disk.told = 30 * MEGABYTE;
        assertThat(store.isShort()).isFalse();
        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
        store.close();
    }

    @Test
    void smallDiskGivesASmallOneAndOneThatIsNearItsEndGivesNone() {
        disk.told = 8 * MEGABYTE;
        try (Store _ = open()) {
            assertThat(folder.resolve("reserve")).hasSize(MEGABYTE);
        }

        disk.told = MEGABYTE / 2;
        folder = parent.resolve("other");
        open().close();
        assertThat(folder.resolve("reserve")).doesNotExist();
    }

    @Test
    void whatFreesSpaceGetsTheReserveAndOthersWait() throws IOException {
        try (Store store = open()) {
            disk.told = 0;
            List<String> tries = new ArrayList<>();
            String done = store.freeing(() -> {
                tries.add(folder.resolve("reserve").toFile().exists() ? "with" : "without");
                if (tries.size() == 1) {
                    throw new DrayException(DrayException.Kind.OUT_OF_SPACE, "full");
                }
                return "done";
            });
            assertThat(done).isEqualTo("done");
            assertThat(tries).containsExactly("with", "without");
            assertThatThrownBy(store::requireRoom).isInstanceOf(DrayException.class);

            disk.told = 100 * MEGABYTE;
            store.requireRoom();
            assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
        }
    }

    @Test
    void reserveThatCannotBeWrittenIsNoFailure() {
        open().close();
        disk.told = 0;
        Store store = open();
        disk.told = 30 * MEGABYTE;
        disk.free = 1000;

        store.close();

        disk.free = Long.MAX_VALUE;
        disk.told = Long.MAX_VALUE;
        open().close();
        assertThat(folder.resolve("reserve")).hasSize(Reserve.BYTES);
    }
}
