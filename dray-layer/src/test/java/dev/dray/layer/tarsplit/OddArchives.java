package dev.dray.layer.tarsplit;

import dev.dray.layer.tar.TarBytes;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Archives on which readers of tar differ: some chosen, the rest of them at random by a seed.
final class OddArchives {
    private static final byte[] DATA = TarBytes.noise(700, 1);
    private static final byte[] NONE = {};
    private static final String TYPES = "\0" + "0123456789gxLKSVMDXNA ";
    private static final List<String> NAMES = List.of(
            "a", "b", "./a", "d/", "d/a", "../x", "/abs", "", ".", "caf\u00e9", "\u00e2\u0080\u00a8<&>", "d//b");
    private static final List<String> RECORDS = List.of(
            TarBytes.record("path", "by/pax"),
            TarBytes.record("path", ""),
            TarBytes.record("path", "n\0ul"),
            TarBytes.record("linkpath", "target"),
            TarBytes.record("size", "700"),
            TarBytes.record("size", "0"),
            TarBytes.record("size", "+5"),
            TarBytes.record("size", "-5"),
            TarBytes.record("size", "1_0"),
            TarBytes.record("uid", "7"),
            TarBytes.record("gid", "x"),
            TarBytes.record("mtime", "1.5"),
            TarBytes.record("mtime", "-1."),
            TarBytes.record("mtime", "1.5x"),
            TarBytes.record("ctime", ".5"),
            TarBytes.record("atime", "99999999999999999999"),
            TarBytes.record("SCHILY.xattr.user.a", "\0\1=\n"),
            TarBytes.record("GNU.sparse.major", "2"),
            TarBytes.record("GNU.sparse.name", "sparse"),
            TarBytes.record("comment", "x=y"),
            "5 a=\n",
            "4 a\n",
            "99 a=b\n",
            "6 a=b\n\n",
            " 7 a=b\n",
            "07 a=b\n",
            "+7 a=b\n",
            "7 ==b\n");

    private OddArchives() {}

    static List<byte[]> all(int random) {
        List<byte[]> archives = chosen();
        Random choice = new Random(20_261_124);
        for (int i = 0; i < random; i++) {
            archives.add(random(choice));
        }
        return archives;
    }

    private static List<byte[]> chosen() {
        List<byte[]> archives = new ArrayList<>();
        archives.add(NONE);
        archives.add(new byte[512]);
        archives.add(new byte[700]);
        archives.add(new byte[1024]);
        archives.add(new byte[10_240]);
        archives.add(new TarBytes().file("a", DATA).bytes());
        archives.add(Arrays.copyOf(new TarBytes().file("a", DATA).bytes(), 512 + 700));
        archives.add(Arrays.copyOf(new TarBytes().file("a", DATA).bytes(), 512 + 701));
        archives.add(new TarBytes().file("a", DATA).add(new byte[512]).bytes());
        archives.add(new TarBytes().file("a", DATA).end().file("b", DATA).bytes());
        archives.add(new TarBytes()
                .file("a", DATA)
                .end()
                .add(TarBytes.noise(3 << 20, 2))
                .bytes());
        archives.add(new TarBytes().file("a", DATA).file("./a", NONE).end().bytes());
        archives.add(new TarBytes().add(TarBytes.header("h", '1', 5)).end().bytes());
        archives.add(new TarBytes().add(TarBytes.header("d/", '\0', 5)).end().bytes());
        archives.add(new TarBytes()
                .entry("long", 'L', "x/".repeat(200).getBytes(StandardCharsets.US_ASCII))
                .entry("link", 'K', "y/".repeat(200).getBytes(StandardCharsets.US_ASCII))
                .file("short", DATA)
                .end()
                .bytes());
        archives.add(new TarBytes()
                .entry("x", 'x', TarBytes.record("comment", "c".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII))
                .file("a", DATA)
                .end()
                .bytes());
        archives.addAll(headers());
        return archives;
    }

    /// Archives of one file each whose header is written in another way.
    private static List<byte[]> headers() {
        List<byte[]> archives = new ArrayList<>();
        for (String size : List.of(
                "       1274 ",
                "00000001274 ",
                "000000001274",
                "1274\0\0\0\0\0\0\0\0",
                "1274\0junk\0\0\0",
                "\u0080\0\0\0\0\0\0\0\0\0\2\u00bc",
                "\u00ff".repeat(12),
                "\u0080" + "\u00ff".repeat(11),
                "-1\0\0\0\0\0\0\0\0\0\0",
                "            ",
                "0001274 0 \0\0")) {
            archives.add(one(Field.SIZE, size, Field.NAME, "a"));
        }
        for (Field number : List.of(Field.MODE, Field.UID, Field.GID, Field.DEVICE_MAJOR, Field.DEVICE_MINOR)) {
            archives.add(one(number, "8       ", Field.MAGIC, "ustar  \0"));
            archives.add(one(number, "8       ", Field.MAGIC, "ustar\00000"));
            archives.add(one(number, "8       ", Field.MAGIC, "\0\0\0\0\0\0\0\0"));
            archives.add(one(number, "\u0080\0\0\0\0\0\0\1", Field.MAGIC, "ustar  \0"));
        }
        for (String magic : List.of("ustar  \0", "ustar\00000", "ustar\0\0\0", "ustar 00", "\0\0\0\0\0\0\0\0")) {
            archives.add(one(Field.PREFIX, "pre/fix", Field.MAGIC, magic));
            archives.add(one(Field.PREFIX, "12345670123 12345670123 ", Field.MAGIC, magic));
            archives.add(one(Field.PREFIX, "caf\u00e9", Field.MAGIC, magic));
            archives.add(one(Field.PREFIX, " ".repeat(140) + "tar\0", Field.MAGIC, magic));
        }
        byte[] star = TarBytes.header("a", '0', DATA.length);
        TarBytes.put(star, Field.MAGIC, "ustar\00000");
        TarBytes.put(star, Field.PREFIX, "p".repeat(155));
        System.arraycopy("tar\0".getBytes(StandardCharsets.US_ASCII), 0, star, 508, 4);
        archives.add(new TarBytes().add(TarBytes.sign(star.clone())).data(DATA).bytes());
        Arrays.fill(star, 476, 500, (byte) '7');
        archives.add(new TarBytes().add(TarBytes.sign(star)).data(DATA).bytes());
        return archives;
    }

    private static byte[] one(Field field, String value, Field other, String otherValue) {
        byte[] header = TarBytes.header("a", '0', DATA.length);
        TarBytes.put(header, other, otherValue);
        TarBytes.put(header, field, value);
        return new TarBytes().add(TarBytes.sign(header)).data(DATA).end().bytes();
    }

    private static byte[] random(Random choice) {
        TarBytes tar = new TarBytes();
        int entries = choice.nextInt(5);
        for (int i = 0; i < entries; i++) {
            if (choice.nextInt(3) == 0) {
                tar.pax(choice.nextInt(4) == 0 ? 'g' : 'x', pick(choice, RECORDS) + pick(choice, RECORDS));
            }
            char type = choice.nextInt(3) == 0 ? TYPES.charAt(choice.nextInt(TYPES.length())) : '0';
            String name = choice.nextInt(3) == 0 ? pick(choice, NAMES) : "n" + i;
            tar.entry(name, type, choice.nextInt(3) == 0 ? NONE : TarBytes.noise(choice.nextInt(1100), i));
        }
        byte[] bytes = choice.nextBoolean() ? tar.end().bytes() : tar.bytes();
        if (bytes.length > 0 && choice.nextInt(3) == 0) {
            bytes = Arrays.copyOf(bytes, choice.nextInt(bytes.length + 1));
        }
        if (bytes.length >= TarBlock.SIZE && choice.nextInt(3) == 0) {
            mutateHeader(bytes, choice);
        }
        return bytes;
    }

    /// Changes a byte of the first header and signs it again.
    private static void mutateHeader(byte[] bytes, Random choice) {
        byte[] header = Arrays.copyOf(bytes, TarBlock.SIZE);
        header[choice.nextInt(TarBlock.SIZE)] = (byte) choice.nextInt(256);
        System.arraycopy(TarBytes.sign(header), 0, bytes, 0, TarBlock.SIZE);
    }

    private static String pick(Random choice, List<String> from) {
        return from.get(choice.nextInt(from.size()));
    }
}
