package dev.dray.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.filesystem.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackFooterTest {
    private static final PackFooter FOOTER = new PackFooter(
            List.of(new PackFooter.Frame(5, 3000), new PackFooter.Frame(3, 1 << 20)),
            List.of(
                    new PackedObject(Digest.sha256(new byte[] {1}), 0, 2048),
                    new PackedObject(Digest.sha256(new byte[] {2}), 2100, 400_000)));
    private static final int FRAMES = 8;

    @TempDir
    Path folder;

    @Test
    void footerIsReadAsItWasWritten() throws IOException {
        assertThat(read(pack())).isEqualTo(FOOTER);
        assertThat(FOOTER.rawSize()).isEqualTo(3000 + (1 << 20));
    }

    @Test
    void everyWrongBitIsNoticed() throws IOException {
        byte[] pack = pack();
        for (int bit = 8 * FRAMES; bit < 8 * pack.length; bit++) {
            byte[] wrong = pack.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(wrong)).as("bit %d", bit).isInstanceOf(DrayException.class);
        }
    }

    @Test
    void everyBrokenEndIsNoticed() throws IOException {
        byte[] pack = pack();
        for (int length = 0; length < pack.length; length++) {
            byte[] shorter = java.util.Arrays.copyOf(pack, length);
            assertKind(shorter, DrayException.Kind.CORRUPT);
        }
    }

    @Test
    void missingFrameIsNoticed() {
        assertKind(
                ByteBuffer.allocate(FRAMES - 1 + FOOTER.toBytes().length)
                        .position(FRAMES - 1)
                        .put(FOOTER.toBytes())
                        .array(),
                DrayException.Kind.CORRUPT);
    }

    @Test
    void newerVersionIsNotRead() throws IOException {
        byte[] pack = pack();
        pack[pack.length - 8] = 2;

        assertKind(pack, DrayException.Kind.UNSUPPORTED);
    }

    @Test
    void absentFileIsNoPack() {
        assertThatThrownBy(() -> PackFooter.read(Disk.standard(), folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void assertKind(byte[] pack, DrayException.Kind kind) {
        assertThatThrownBy(() -> read(pack))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static byte[] pack() {
        byte[] footer = FOOTER.toBytes();
        return ByteBuffer.allocate(FRAMES + footer.length)
                .position(FRAMES)
                .put(footer)
                .array();
    }

    private PackFooter read(byte[] pack) throws IOException {
        Path file = folder.resolve("1-1.pack");
        Files.write(file, pack);
        return PackFooter.read(Disk.standard(), file);
    }
}
