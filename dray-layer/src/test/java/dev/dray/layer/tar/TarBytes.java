package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Makes tar archives byte by byte, right and wrong ones.
public final class TarBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A header in the style of GNU tar, checksum included.
    public static byte[] header(String name, char type, long size) {
        byte[] block = new byte[TarBlock.SIZE];
        put(block, Field.NAME, name);
        put(block, Field.MODE, "0000644\0");
        put(block, Field.UID, "0000000\0");
        put(block, Field.GID, "0000000\0");
        put(block, Field.SIZE, "%011o\0".formatted(size));
        put(block, Field.MTIME, "14371573000\0");
        put(block, Field.MAGIC, "ustar  \0");
        put(block, Field.UNAME, "root");
        put(block, Field.GNAME, "root");
        block[Field.TYPE.offset()] = (byte) type;
        return sign(block);
    }

    public static byte[] sign(byte[] block) {
        put(block, Field.CHECKSUM, "        ");
        put(block, Field.CHECKSUM, "%06o\0 ".formatted(TarBlock.checksum(block)));
        return block;
    }

    public static void put(byte[] block, Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, field.offset(), bytes.length);
    }

    public TarBytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// A whole entry: header, data, zeros up to the next block.
    public TarBytes entry(String name, char type, byte[] data) {
        return add(header(name, type, data.length)).data(data);
    }

    public TarBytes file(String name, byte[] data) {
        return entry(name, '0', data);
    }

    public TarBytes data(byte[] data) {
        return add(data).add(new byte[TarBlock.padding(data.length)]);
    }

    /// A header of extended records.
    public TarBytes pax(char type, String records) {
        return entry("././@PaxHeader", type, records.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (length != rest.length() + Integer.toString(length).length()) {
            length++;
        }
        return length + rest;
    }

    /// The two zero blocks of the end.
    public TarBytes end() {
        return add(new byte[2 * TarBlock.SIZE]);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /// Bytes that compress badly and differ by seed.
    public static byte[] noise(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
