package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.deflate.zlib.ZlibFamily;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import dev.dray.model.RawBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Encoders with the headers that are written with them, in the order in which layers have them in the wild.
///
/// A header that names a file or a time cannot be guessed; the two names here are those that build scripts of base
/// images use.
public final class Candidates {
    /// Bytes of pgzip before a block that it knows, and its usual blocks.
    private static final int PGZIP_DICTIONARY = 16 << 10;

    private static final int PGZIP_BLOCK = 1 << 20;
    private static final int SMALL_BLOCK = 256 << 10;
    private static final int PIGZ_BLOCK = 128 << 10;
    private static final int PIGZ_DICTIONARY = 32 << 10;
    private static final int MEMORY_LEVEL = 8;

    private static final int UNIX = 3;
    private static final int UNKNOWN = 255;

    /// The time field of Go up to 1.7 and of pgzip when there is no time.
    private static final String ZERO_TIME = "00096e88";

    private static final String NO_TIME = "00000000";
    private static final List<String> NAMES = List.of("rootfs.tar", "layer.tar");

    private Candidates() {}

    /// All of them, likeliest first.
    public static List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        all.add(go(Maker.GO_DEFAULT, 6));
        all.add(go(Maker.GO_FASTEST, 1));
        all.add(pgzip(KlauspostEra.V1_15_10, PGZIP_BLOCK));
        all.add(pgzip(KlauspostEra.V1_18_2, PGZIP_BLOCK));
        all.add(pgzip(KlauspostEra.V1_18_1, PGZIP_BLOCK));
        all.add(newGo(Maker.NEW_GO_DEFAULT, 6));
        all.add(pigz(9));
        all.add(zlib(6));
        for (KlauspostEra era : List.of(
                KlauspostEra.V1_15_0,
                KlauspostEra.V1_14_3,
                KlauspostEra.V1_14_2,
                KlauspostEra.V1_14_0,
                KlauspostEra.V1_12_3)) {
            all.add(pgzip(era, PGZIP_BLOCK));
        }
        all.add(gnuGzip(9));
        all.add(gnuGzip(6));
        all.add(go(Maker.GO_BEST, 9));
        all.add(newGo(Maker.NEW_GO_FASTEST, 1));
        all.add(pigz(6));
        all.add(pgzip(KlauspostEra.V1_15_10, SMALL_BLOCK));
        all.add(pgzip(KlauspostEra.V1_15_0, SMALL_BLOCK));
        all.add(zlib(9));
        all.add(zlib(1));
        all.add(gnuGzip(1));
        all.add(newGo(Maker.NEW_GO_BEST, 9));
        return List.copyOf(all);
    }

    /// The encoder of Dray itself.
    public static Candidate own() {
        return pgzip(KlauspostEra.V1_18_2, PGZIP_BLOCK);
    }

    private static Candidate go(Maker maker, int level) {
        List<RawBytes> headers =
                List.of(header(NO_TIME, effort(level), UNKNOWN), header(ZERO_TIME, effort(level), UNKNOWN));
        return new Candidate(maker, new EncoderId("go", "1.8", 1, Parameters.level(level)), headers, level == 9);
    }

    private static Candidate newGo(Maker maker, int level) {
        KlauspostEra era = KlauspostEra.V1_18_2;
        return new Candidate(
                maker,
                new EncoderId(KlauspostEra.FAMILY, era.label(), era.revision(), Parameters.level(level)),
                List.of(header(NO_TIME, effort(level), UNKNOWN)),
                level == 9);
    }

    private static Candidate pgzip(KlauspostEra era, int block) {
        return new Candidate(
                Maker.PGZIP,
                new EncoderId(
                        "pgzip",
                        era.label(),
                        era.revision(),
                        Parameters.blocks(KlauspostEra.DEFAULT_LEVEL, block, PGZIP_DICTIONARY)),
                List.of(header(ZERO_TIME, 0, UNKNOWN), header(NO_TIME, 0, UNKNOWN)),
                false);
    }

    private static Candidate pigz(int level) {
        return new Candidate(
                Maker.PIGZ,
                id(ZlibFamily.PIGZ, new Parameters(level, PIGZ_BLOCK, PIGZ_DICTIONARY, 0, false)),
                named(level),
                level == 9);
    }

    private static Candidate gnuGzip(int level) {
        return new Candidate(
                Maker.GNU_GZIP,
                id(ZlibFamily.GNU_GZIP, new Parameters(level, 0, 0, MEMORY_LEVEL, false)),
                named(level),
                level == 9);
    }

    private static Candidate zlib(int level) {
        List<RawBytes> headers = new ArrayList<>();
        for (int system : new int[] {UNKNOWN, UNIX, 0}) {
            headers.add(header(NO_TIME, 0, system));
            if (effort(level) != 0) {
                headers.add(header(NO_TIME, effort(level), system));
            }
        }
        return new Candidate(
                Maker.ZLIB, id(ZlibFamily.ZLIB, new Parameters(level, 0, 0, MEMORY_LEVEL, false)), headers, level == 9);
    }

    private static EncoderId id(ZlibFamily family, Parameters parameters) {
        return new EncoderId(family.family(), family.era(), family.revision(), parameters);
    }

    /// Without a name, and with each of those that are used without a time.
    private static List<RawBytes> named(int level) {
        List<RawBytes> headers = new ArrayList<>();
        headers.add(header(NO_TIME, effort(level), UNIX));
        for (String name : NAMES) {
            byte[] plain = header(NO_TIME, effort(level), UNIX).toByteArray();
            plain[3] = 8;
            byte[] text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
            byte[] header = Arrays.copyOf(plain, plain.length + text.length);
            System.arraycopy(text, 0, header, plain.length, text.length);
            headers.add(RawBytes.copyOf(header));
        }
        return headers;
    }

    /// The effort that encoders claim: 2 for the most, 4 for the least.
    private static int effort(int level) {
        return level == 9 ? 2 : level == 1 ? 4 : 0;
    }

    private static RawBytes header(String time, int effort, int system) {
        return RawBytes.copyOf(HexFormat.of().parseHex("1f8b0800%s%02x%02x".formatted(time, effort, system)));
    }
}
