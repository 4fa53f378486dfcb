package dev.dray.layer.tar;

import dev.dray.layer.tar.TarBlock.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Makes tar archives byte by byte, right and wrong ones.
final class TarBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A header in the style of GNU tar, checksum included.
    static byte[] header(String name, char type, long size) {
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

    static byte[] sign(byte[] block) {
        put(block, Field.CHECKSUM, "        ");
        put(block, Field.CHECKSUM, "%06o\0 ".formatted(TarBlock.checksum(block)));
        return block;
    }

    static void put(byte[] block, Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, field.offset(), bytes.length);
    }

    TarBytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// A whole entry: header, data, zeros up to the next block.
    TarBytes entry(String name, char type, byte[] data) {
        return add(header(name, type, data.length)).data(data);
    }

    TarBytes file(String name, byte[] data) {
        return entry(name, '0', data);
    }

    TarBytes data(byte[] data) {
        return add(data).add(new byte[TarBlock.padding(data.length)]);
    }

    /// A header of extended records.
    TarBytes pax(char type, String records) {
        return entry("././@PaxHeader", type, records.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (length != rest.length() + Integer.toString(length).length()) {
            length++;
        }
        return length + rest;
    }

    /// The two zero blocks of the end.
    TarBytes end() {
        return add(new byte[2 * TarBlock.SIZE]);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /// Bytes that compress badly and differ by seed.
    static byte[] noise(int length, int seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
