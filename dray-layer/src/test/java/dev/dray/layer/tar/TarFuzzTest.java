package dev.dray.layer.tar;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.layer.tar.recipe.ColumnWriter;
import dev.dray.layer.tar.recipe.RecipeFormat;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.model.DrayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Any stream comes back, and any recipe is assembled or refused by name.
class TarFuzzTest {
    /// Every recipe begins so; spelled out here, since it never changes.
    private static final byte[] MAGIC = "dray-tar".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final long LIMIT = 1 << 20;

    @FuzzTest(maxDuration = "10s")
    void anyStreamComesBack(byte[] stream) {
        Splitting.of(stream, 700).verify();
    }

    /// The first header of the input is signed, so that the fuzzer gets past the checksum.
    @FuzzTest(maxDuration = "10s")
    void anySignedHeaderComesBack(byte[] stream) {
        byte[] signed = stream.clone();
        for (int at = 0; at + TarBlock.SIZE <= signed.length; at += 2 * TarBlock.SIZE) {
            byte[] block = TarBytes.sign(Arrays.copyOfRange(signed, at, at + TarBlock.SIZE));
            System.arraycopy(block, 0, signed, at, block.length);
        }
        Splitting.of(signed, 1 << 16).verify();
    }

    @FuzzTest(maxDuration = "10s")
    void anyRecipeIsAssembledOrRefused(byte[] recipe) throws IOException {
        assemble(recipe);
    }

    /// The input is a block behind a right head and with a right check, so that the fuzzer gets to the columns.
    @FuzzTest(maxDuration = "10s")
    void anyBlockIsAssembledOrRefused(byte[] block) throws IOException {
        byte[] head = Arrays.copyOf(MAGIC, MAGIC.length + 2);
        head[MAGIC.length] = RecipeFormat.VERSION;
        head[MAGIC.length + 1] = RecipeFormat.BLOCK;
        ColumnWriter recipe = new ColumnWriter();
        recipe.put(head, 0, head.length);
        recipe.put(block, 0, block.length);
        CRC32C check = new CRC32C();
        check.update(recipe.bytes(), 0, recipe.length());
        for (int shift = 24; shift >= 0; shift -= 8) {
            recipe.put((int) (check.getValue() >>> shift));
        }
        assemble(Arrays.copyOf(recipe.bytes(), recipe.length()));
    }

    /// Skips as the input says and reads the rest, of which every byte must be the stream's.
    @FuzzTest(maxDuration = "10s")
    void anyPlaceCanBeReadFrom(FuzzedDataProvider data) throws IOException {
        int[] skips = data.consumeInts(8);
        byte[] stream = data.consumeRemainingAsBytes();
        Splitting split = Splitting.of(stream, 1 << 16);
        try (TarReader reader =
                new TarReader(new ByteArrayInputStream(split.recipe()), split.contents(), stream.length)) {
            int at = 0;
            for (int skip : skips) {
                int count = Math.floorMod(skip, 1_000);
                at += (int) reader.skip(count);
                byte[] read = reader.readNBytes(count >>> 2);
                if (!Arrays.equals(read, 0, read.length, stream, at, at + read.length)) {
                    throw new AssertionError("other bytes at " + at);
                }
                at += read.length;
            }
            if (reader.transferTo(OutputStream.nullOutputStream()) != stream.length - at) {
                throw new AssertionError("another length behind " + at);
            }
        }
    }

    private static void assemble(byte[] recipe) throws IOException {
        try {
            TarAssembler.assemble(
                    new ByteArrayInputStream(recipe),
                    (digest, size) -> new ByteArrayInputStream(new byte[(int) Math.min(size, LIMIT)]),
                    OutputStream.nullOutputStream(),
                    LIMIT);
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
