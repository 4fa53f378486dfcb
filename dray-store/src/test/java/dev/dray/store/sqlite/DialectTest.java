package dev.dray.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DialectTest {
    private static final Path TABLES = Path.of("src/main/java/dev/dray/store/jdbc");

    /// What PostgreSQL does not understand, or understands in another way.
    private static final Pattern SQLITE_ALONE = Pattern.compile(
            "\\b(pragma|sqlite_\\w+|rowid|vacuum|instr|savepoint|begin immediate|insert or)\\b|[?]\\d|conflict do"
                    + " update",
            Pattern.CASE_INSENSITIVE);

    @Test
    void tablesSpeakNoSqlThatOnlySqliteUnderstands() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(SQLITE_ALONE));
        }
    }
}
