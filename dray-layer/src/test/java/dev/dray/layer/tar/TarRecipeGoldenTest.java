package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A recipe of version 1 that is kept: it must be readable for ever, so the file never changes.
///
/// What a writer makes of the same stream today may differ, by another deflate; reading may not.
class TarRecipeGoldenTest {
    private static final String GOLDEN = "tar-recipe-1.bin";

    /// Every operation, column and kind of header.
    private static byte[] stream() {
        byte[] ustar = TarBytes.header("name", '0', 200);
        TarBytes.put(ustar, Field.MAGIC, "ustar\00000");
        TarBytes.put(ustar, Field.PREFIX, "usr/share");
        TarBytes.put(ustar, Field.MODE, "000755 \0");
        TarBytes.put(ustar, Field.DEVICE_MAJOR, "0000001\0");
        TarBytes.put(ustar, Field.UNAME, "daemon");
        byte[] odd = TarBytes.header("odd", '0', 300);
        TarBytes.put(odd, Field.GID, "  x     ");
        byte[] binary = TarBytes.header("binary", '0', 0);
        TarBytes.put(binary, Field.SIZE, "\u0080\0\0\0\0\0\0\0\0\0\1\u0090");
        byte[] spaced = TarBytes.header("spaced", '2', 0);
        TarBytes.put(spaced, Field.LINK, "target");
        TarBytes.put(spaced, Field.MTIME, "       1274 ");
        return new TarBytes()
                .entry("d/", '5', new byte[0])
                .file("d/small", TarBytes.filled(100, 's'))
                .file("d/large", TarBytes.filled(1000, 'l'))
                .pax('x', TarBytes.record("mtime", "1.5"))
                .add(TarBytes.sign(ustar))
                .data(TarBytes.filled(200, 'u'))
                .add(TarBytes.sign(odd))
                .data(TarBytes.filled(300, 'o'))
                .add(TarBytes.sign(binary))
                .data(TarBytes.filled(400, 'b'))
                .add(TarBytes.sign(spaced))
                .add(TarBytes.header("link", '1', 5000))
                .end()
                .add(TarBytes.filled(70_000, 't'))
                .add(new byte[512])
                .file("cut", TarBytes.filled(600, 'c'))
                .add(TarBytes.filled(33, 'r'))
                .bytes();
    }

    @Test
    void recipeOfVersionOneIsRead() throws IOException {
        byte[] stream = stream();
        MemoryContents contents = Splitting.of(stream).contents();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (InputStream golden = TarRecipeGoldenTest.class.getResourceAsStream(GOLDEN)) {
            assertThat(golden).as(GOLDEN).isNotNull();
            TarAssembler.assemble(golden, contents, out, stream.length);
        }

        assertThat(out.toByteArray()).isEqualTo(stream);
    }

    /// Writes the file for a new version: `TarRecipeGoldenTest FILE`.
    static void main(String[] arguments) {
        try {
            Files.write(Path.of(arguments[0]), Splitting.of(stream()).recipe());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
