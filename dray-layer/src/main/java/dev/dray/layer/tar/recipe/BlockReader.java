package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads the blocks of a recipe ([RecipeFormat]), each checked before it is used, and its end. Not thread safe; does
/// not close its stream.
final class BlockReader {
    private final InputStream in;
    private final CRC32C check = new CRC32C();

    /// A block, checked and inflated.
    ///
    /// @param hashes the contents of the block, 32 bytes each
    record Block(long operations, EnumMap<Column, ColumnReader> columns, ColumnReader hashes) {}

    /// The next part of a recipe: a block, or its end.
    record Next(Optional<Block> block, Optional<TarSummary> end) {}

    /// @throws DrayException of kind CORRUPT when it is no recipe, UNSUPPORTED when its version is not known
    BlockReader(InputStream in) throws IOException {
        this.in = in;
        if (!Arrays.equals(read(RecipeFormat.MAGIC.length), RecipeFormat.MAGIC)) {
            throw RecipeFormat.corrupt("it does not start as one");
        }
        int version = read();
        if (version != RecipeFormat.VERSION) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "tar recipe has version %d, and only version %d is known: use a newer dray"
                            .formatted(version, RecipeFormat.VERSION));
        }
    }

    Next next() throws IOException {
        int kind = read();
        return switch (kind) {
            case RecipeFormat.BLOCK -> new Next(Optional.of(block()), Optional.empty());
            case RecipeFormat.END -> new Next(Optional.empty(), Optional.of(end()));
            default -> throw RecipeFormat.corrupt("unknown part " + kind);
        };
    }

    private Block block() throws IOException {
        long operations = varint();
        long references = varint();
        if (references < 0 || references > RecipeFormat.LARGEST_BLOCK / RecipeFormat.HASH) {
            throw RecipeFormat.corrupt("a block names too many contents");
        }
        int[] plain = new int[Column.ALL.length];
        int[] stored = new int[Column.ALL.length];
        int left = RecipeFormat.LARGEST_BLOCK;
        for (int i = 0; i < plain.length; i++) {
            plain[i] = length(left);
            stored[i] = length(plain[i]);
            left -= plain[i];
        }
        byte[][] parts = new byte[Column.ALL.length][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = read(stored[i]);
        }
        ColumnReader hashes = new ColumnReader(read((int) references * RecipeFormat.HASH));
        verify();
        EnumMap<Column, ColumnReader> columns = new EnumMap<>(Column.class);
        try (Inflater inflater = new Inflater(true)) {
            for (int i = 0; i < parts.length; i++) {
                columns.put(Column.ALL[i], new ColumnReader(inflate(inflater, parts[i], plain[i])));
            }
        }
        return new Block(operations, columns, hashes);
    }

    private int length(int most) throws IOException {
        long length = varint();
        if (length < 0 || length > most) {
            throw RecipeFormat.corrupt("a block is too long");
        }
        return (int) length;
    }

    private static byte[] inflate(Inflater inflater, byte[] stored, int length) {
        if (stored.length == length) {
            return stored;
        }
        byte[] plain = new byte[length];
        inflater.reset();
        inflater.setInput(stored);
        try {
            if (inflater.inflate(plain) == length && inflater.inflate(new byte[1]) == 0 && inflater.finished()) {
                return plain;
            }
        } catch (DataFormatException e) {
            throw new DrayException(DrayException.Kind.CORRUPT, "tar recipe is corrupt: a column does not inflate", e);
        }
        throw RecipeFormat.corrupt("a column inflates to another length");
    }

    private TarSummary end() throws IOException {
        long size = varint();
        long headers = varint();
        long references = varint();
        long referencedBytes = varint();
        Digest diffId = Digest.of(Digest.Algorithm.SHA256, read(RecipeFormat.HASH));
        verify();
        if (in.read() >= 0) {
            throw RecipeFormat.corrupt("there is more behind its end");
        }
        return new TarSummary(diffId, size, headers, references, referencedBytes);
    }

    private void verify() throws IOException {
        int expected = (int) check.getValue();
        if (ByteBuffer.wrap(read(Integer.BYTES)).getInt() != expected) {
            throw RecipeFormat.corrupt("its checksum does not match");
        }
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw RecipeFormat.corrupt("it ends early");
        }
        check.update(b);
        return b;
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw RecipeFormat.corrupt("it ends early");
        }
        check.update(bytes);
        return bytes;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = read();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw RecipeFormat.corrupt("a number in it is too long");
    }
}
