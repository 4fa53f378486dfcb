package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreOpenerTest {
    @TempDir
    Path parent;

    @Test
    void newStoreIsForItsOwnerAlone() throws IOException {
        Path folder = parent.resolve("a/store");
        TestStores.open(folder, StoreKind.REGISTRY).close();

        for (String name : new String[] {"", "blobs", "blobs/00", "blobs/ff", "staging", "processes", "packs"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void existingEmptyFolderBecomesAStoreForItsOwnerAlone() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        TestStores.open(parent, StoreKind.ENGINE).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
                .isEqualTo("rwx------");
    }

    @Test
    void storeIsOpenedAgainWithItsKind() {
        TestStores.open(parent, StoreKind.ENGINE).close();

        try (Store store = TestStores.openExisting(parent)) {
            assertThat(store.kind()).isEqualTo(StoreKind.ENGINE);
        }
    }

    @Test
    void storeOfTheOtherKindIsRefused() {
        TestStores.open(parent, StoreKind.ENGINE).close();

        assertRefused(Kind.CONFLICT, "kind engine, not registry", () -> TestStores.open(parent, StoreKind.REGISTRY));
    }

    @Test
    void folderWithoutAStoreIsNotOpenedAsExisting() {
        assertRefused(Kind.NOT_FOUND, "no store", () -> TestStores.openExisting(parent));
    }

    @Test
    void folderWithOtherThingsInItIsRefused() throws IOException {
        Files.writeString(parent.resolve("thesis.tex"), "x");

        assertRefused(Kind.CONFLICT, "thesis.tex", () -> TestStores.open(parent, StoreKind.ENGINE));
        assertThat(parent.resolve("store.db")).doesNotExist();
    }

    @Test
    void makingThatWasCutShortIsMadeWhole() throws IOException {
        Files.createDirectories(parent.resolve("blobs/00"));
        Files.createDirectory(parent.resolve("staging"));

        byte[] content = Samples.bytes(1, 20_000);
        try (Store store = TestStores.open(parent, StoreKind.ENGINE)) {
            Digest digest = Samples.publish(store, Samples.APP, content);
            assertThat(Samples.read(store.blobs().find(Samples.APP, digest).orElseThrow()))
                    .isEqualTo(content);
        }
        try (Store store = TestStores.openExisting(parent)) {
            assertThat(store.kind()).isEqualTo(StoreKind.ENGINE);
        }
        for (String name : new String[] {"blobs/00", "blobs/ff", "staging", "processes", "packs"}) {
            assertThat(parent.resolve(name)).isDirectory();
        }
    }

    @Test
    void storeOfANewerFormatIsRefusedWithBothNumbersAndUntouched() throws SQLException, IOException {
        TestStores.open(parent, StoreKind.ENGINE).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve("store.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version=99");
        }

        assertRefused(
                Kind.UNSUPPORTED,
                "format 99, and this version of dray knows formats up to 2",
                () -> TestStores.open(parent, StoreKind.ENGINE));
    }

    @Test
    void fileThatIsNoDatabaseIsReportedAsDamage() throws IOException {
        TestStores.open(parent, StoreKind.ENGINE).close();
        Files.writeString(
                parent.resolve("store.db"), "no database at all, but long enough to be taken for one".repeat(20));

        assertRefused(Kind.CORRUPT, "damaged", () -> TestStores.open(parent, StoreKind.ENGINE));
    }

    @Test
    void networkFileSystemIsRefused() {
        StoreOptions options = StoreOptions.standard().withFiles(new OnNetwork(Disk.standard(), "nfs4"));

        assertRefused(
                Kind.UNSUPPORTED,
                "network file system (nfs4)",
                () -> TestStores.open(parent, StoreKind.ENGINE, options));
        assertThat(parent.resolve("store.db")).doesNotExist();
    }

    private static void assertRefused(Kind kind, String message, ThrowingCallable opening) {
        assertThatThrownBy(opening).hasMessageContaining(message).isInstanceOfSatisfying(DrayException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
        });
    }

    /// A disk that says it is a share.
    private static final class OnNetwork extends ForwardingFiles {
        private final String type;

        OnNetwork(FileOperations files, String type) {
            super(files);
            this.type = type;
        }

        @Override
        public String fileSystemType(Path folder) {
            return type;
        }
    }
}
