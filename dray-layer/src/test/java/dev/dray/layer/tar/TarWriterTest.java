package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 255, 256, 989, 990, 991, 4000})
    void namesOfAnyLengthComeBack(int length) throws IOException {
        String name = "n".repeat(length);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(tar, TIME)) {
            writer.file(name, 0755, 3, content("abc"));
            writer.link("link", name);
        }
        try (TarArchiveInputStream in = read(tar)) {
            TarArchiveEntry file = in.getNextEntry();
            assertThat(file.getName()).isEqualTo(name);
            assertThat(file.getMode() & 0777).isEqualTo(0755);
            assertThat(file.getLastModifiedTime().toInstant()).isEqualTo(TIME);
            assertThat(in.readAllBytes()).asString().isEqualTo("abc");
            assertThat(in.getNextEntry().getLinkName()).isEqualTo(name);
            assertThat(in.getNextEntry()).isNull();
        }
    }

    @Test
    void namesBeyondAsciiComeBack() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(tar, TIME)) {
            writer.directory("größe");
        }
        try (TarArchiveInputStream in = read(tar)) {
            assertThat(in.getNextEntry())
                    .satisfies(entry -> assertThat(entry.getName()).isEqualTo("größe/"))
                    .satisfies(entry -> assertThat(entry.isDirectory()).isTrue());
        }
        assertThat(tar.size() % 512).isZero();
    }

    @Test
    void fileThatShrinksWhileItIsReadIsAnError() {
        assertThatThrownBy(() -> {
                    try (TarWriter writer = new TarWriter(new ByteArrayOutputStream(), TIME)) {
                        writer.file("short", 0644, 4, content("abc"));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("short");
    }

    private static ByteArrayInputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TarArchiveInputStream read(ByteArrayOutputStream tar) {
        return new TarArchiveInputStream(new ByteArrayInputStream(tar.toByteArray()));
    }
}
