package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// An encoder as the vectors name it, with the command that the tests compare it with.
///
/// @param command of the real tool, which takes the level as `-6` and writes a gzip stream with a header of ten bytes;
/// empty when the tests do without
record NamedEncoder(String name, List<String> command, Encoding encoding) {
    static final List<NamedEncoder> ALL = List.of(
            new NamedEncoder("zlib-8", python(8), (plain, level) -> stream(plain, out -> zlib(level, 8, out))),
            new NamedEncoder("zlib-9", python(9), (plain, level) -> stream(plain, out -> zlib(level, 9, out))),
            new NamedEncoder(
                    "gnu-gzip",
                    List.of("gzip", "-n"),
                    (plain, level) -> stream(plain, out -> ZlibEncoders.gnuGzip(level, false, out))),
            new NamedEncoder(
                    "gnu-gzip-rsyncable",
                    List.of("gzip", "-n", "--rsyncable"),
                    (plain, level) -> stream(plain, out -> ZlibEncoders.gnuGzip(level, true, out))),
            node("node-12-8", true, 8),
            node("node-12-9", true, 9),
            node("node-18-8", false, 8),
            node("node-18-9", false, 9),
            pigz("pigz", 128, false),
            pigz("pigz-64", 64, false),
            pigz("pigz-independent", 128, true),
            rsyncable("pigz-rsyncable", 128, false),
            rsyncable("pigz-rsyncable-independent-32", 32, true),
            single("pigz-single", false),
            single("pigz-single-rsyncable", true));

    /// Makes the raw deflate stream.
    interface Encoding {
        byte[] encode(byte[] plain, int level);
    }

    private interface Opening {
        DeflateEncoder on(OutputStream out);
    }

    static NamedEncoder named(String name) {
        return ALL.stream()
                .filter(encoder -> encoder.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no encoder is named \"%s\"".formatted(name)));
    }

    byte[] encode(byte[] plain, int level) {
        return encoding.encode(plain, level);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<String> python(int memoryLevel) {
        String program = "import sys, zlib; c = zlib.compressobj(-int(sys.argv[2]), 8, 31, int(sys.argv[1])); "
                + "sys.stdout.buffer.write(c.compress(sys.stdin.buffer.read()) + c.flush())";
        return List.of("python3", "-c", program, String.valueOf(memoryLevel));
    }

    private static DeflateEncoder zlib(int level, int memoryLevel, OutputStream out) {
        return ZlibEncoders.zlib(level, memoryLevel, out);
    }

    private static NamedEncoder node(String name, boolean castagnoli, int memoryLevel) {
        return new NamedEncoder(
                name,
                List.of(),
                (plain, level) -> stream(plain, out -> ZlibEncoders.node(castagnoli, level, memoryLevel, out)));
    }

    private static NamedEncoder pigz(String name, int kibibytes, boolean independent) {
        return new NamedEncoder(
                name,
                pigz(kibibytes, independent),
                (plain, level) -> blocks(plain, ZlibEncoders.pigz(level, kibibytes << 10, independent)));
    }

    private static NamedEncoder rsyncable(String name, int kibibytes, boolean independent) {
        List<String> command = pigz(kibibytes, independent);
        command.add("-R");
        return new NamedEncoder(
                name,
                command,
                (plain, level) ->
                        stream(plain, out -> ZlibEncoders.pigzRsyncable(level, kibibytes << 10, independent, out)));
    }

    private static NamedEncoder single(String name, boolean rsyncable) {
        List<String> command = new ArrayList<>(List.of("pigz", "-n", "-p", "1", "-b", "64"));
        if (rsyncable) {
            command.add("-R");
        }
        return new NamedEncoder(
                name,
                command,
                (plain, level) ->
                        stream(plain, out -> ZlibEncoders.pigzSingle(level, 64 << 10, false, rsyncable, out)));
    }

    private static List<String> pigz(int kibibytes, boolean independent) {
        List<String> command = new ArrayList<>(List.of("pigz", "-n", "-p", "2", "-b", String.valueOf(kibibytes)));
        if (independent) {
            command.add("-i");
        }
        return command;
    }

    private static byte[] stream(byte[] plain, Opening opening) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflateEncoder encoder = opening.on(out)) {
            encoder.write(plain, 0, plain.length);
            encoder.finish();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toByteArray();
    }

    /// The blocks of `plain` one after the other.
    static byte[] blocks(byte[] plain, BlockEncoder encoder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int start = 0;
        do {
            int end = Math.min(plain.length, start + encoder.blockSize());
            block(plain, start, end, encoder, out);
            start = end;
        } while (start < plain.length);
        return out.toByteArray();
    }

    static void block(byte[] plain, int start, int end, BlockEncoder encoder, OutputStream out) {
        try {
            int dictionaryStart = Math.max(0, start - encoder.dictionarySize());
            encoder.encode(plain, dictionaryStart, start, end, end == plain.length, out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
