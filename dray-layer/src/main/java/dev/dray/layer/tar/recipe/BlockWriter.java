package dev.dray.layer.tar.recipe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/// Writes the blocks of a recipe ([RecipeFormat]) and its end. Not thread safe; does not close its stream.
final class BlockWriter {
    private static final int MOST_REFERENCES = 4096;

    private final OutputStream out;
    private final CRC32C check = new CRC32C();
    private final ColumnWriter hashes = new ColumnWriter();
    private final ColumnWriter frame = new ColumnWriter();
    private final ColumnWriter stored = new ColumnWriter();
    private byte[] deflated = new byte[16 << 10];

    BlockWriter(OutputStream out) throws IOException {
        this.out = out;
        frame.put(RecipeFormat.MAGIC, 0, RecipeFormat.MAGIC.length);
        frame.put(RecipeFormat.VERSION);
        drain(frame);
    }

    /// Adds a content to those of the block.
    void reference(byte[] hash) {
        hashes.put(hash, 0, hash.length);
    }

    boolean isFull(EnumMap<Column, ColumnWriter> columns) {
        long length = 0;
        for (ColumnWriter column : columns.values()) {
            length += column.length();
        }
        return length >= RecipeFormat.FULL_BLOCK || hashes.length() >= MOST_REFERENCES * RecipeFormat.HASH;
    }

    /// Writes the columns as one block and clears them.
    void block(int operations, EnumMap<Column, ColumnWriter> columns) throws IOException {
        if (operations == 0) {
            return;
        }
        frame.put(RecipeFormat.BLOCK);
        frame.putVarint(operations);
        frame.putVarint(hashes.length() / RecipeFormat.HASH);
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            columns.forEach((name, column) -> store(column, deflater));
        }
        drain(frame);
        drain(stored);
        drain(hashes);
        writeCheck();
    }

    private void store(ColumnWriter column, Deflater deflater) {
        int plain = column.length();
        int length = plain;
        if (plain > 0) {
            if (deflated.length < plain) {
                deflated = new byte[plain];
            }
            deflater.reset();
            deflater.setInput(column.bytes(), 0, plain);
            deflater.finish();
            length = deflater.deflate(deflated, 0, plain);
            if (deflater.finished() && length < plain) {
                stored.put(deflated, 0, length);
            } else {
                length = plain;
                stored.put(column.bytes(), 0, plain);
            }
        }
        frame.putVarint(plain);
        frame.putVarint(length);
        column.clear();
    }

    /// Writes the end of the recipe.
    void end(TarSummary summary) throws IOException {
        frame.put(RecipeFormat.END);
        frame.putVarint(summary.size());
        frame.putVarint(summary.headers());
        frame.putVarint(summary.references());
        frame.putVarint(summary.referencedBytes());
        frame.put(summary.diffId().toByteArray(), 0, RecipeFormat.HASH);
        drain(frame);
        writeCheck();
        out.flush();
    }

    private void writeCheck() throws IOException {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) check.getValue())
                .array();
        check.update(bytes);
        out.write(bytes);
    }

    private void drain(ColumnWriter part) throws IOException {
        check.update(part.bytes(), 0, part.length());
        out.write(part.bytes(), 0, part.length());
        part.clear();
    }
}
