package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.klauspost.EraRules.Change;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.OutputStream;
import java.util.stream.IntStream;

/// The eras of klauspost/compress `flate`, oldest first: at one level, versions within an era give the same bytes, and
/// no two eras do. Most changes touch some levels only, so an era is known at those where it differs from the era
/// before; the other levels of a version belong to the newest era before it that knows them.
///
/// An era is frozen: its bytes never change. A fixed bug of ours would be a new revision beside this one.
public enum KlauspostEra {
    /// v1.12.3 to v1.13.6.
    V1_12_3("1.12.3", EraRules.FIRST, 5),
    /// v1.14.0 and v1.14.1.
    V1_14_0("1.14.0", V1_12_3.rules.with(Change.CODES_OF_USED_SYMBOLS), 5),
    /// v1.14.2.
    V1_14_2("1.14.2", V1_14_0.rules.with(Change.ESTIMATE_COUNTS_END_OF_BLOCK), 5),
    /// v1.14.3 and v1.14.4.
    V1_14_3("1.14.3", V1_14_2.rules.with(Change.FIXED_CODES_FOR_FEW_TOKENS, Change.SPREAD_CHECK), 5),
    /// v1.15.0 to v1.15.9.
    V1_15_0("1.15.0", V1_14_3.rules.with(Change.SPLIT_AT_LONGEST), 5),
    /// v1.15.10 to v1.18.0; at level 4 to v1.17.11, at levels 7 to 9 to v1.15.14.
    V1_15_10("1.15.10", V1_15_0.rules.with(Change.TAIL_CHECK_SKIPS_HEAD), 4, 5, 6, 7, 8, 9),
    /// v1.15.11 to v1.18.0 at levels 1 to 3, whose tables hash five bytes from then on.
    V1_15_11("1.15.11", V1_15_10.rules, 1, 2, 3),
    /// v1.15.15 to v1.18.0.
    V1_15_15("1.15.15", V1_15_11.rules.with(Change.LAZY_TAIL_CHECK_SKIPS_HEAD, Change.DEARER_MATCHES), 7, 8, 9),
    /// v1.18.0.
    V1_18_0("1.18.0", V1_15_15.rules.with(Change.LEVEL_4_MISMEASURES), 4),
    /// v1.18.1, retracted but shipped.
    V1_18_1("1.18.1", V1_18_0.rules.with(Change.TRIMMED_ALPHABETS), 1, 2, 3, 4, 5, 6, 7, 8, 9),
    /// v1.18.2 to v1.19.2 as pgzip at levels 7 to 9, which the first revision does not make.
    V1_18_2_LAZY("1.18.2", 2, V1_18_1.rules.with(Change.END_OF_BLOCK_COUNTS, Change.PRICES_OF_FEW_BYTES), 7, 8, 9),
    /// v1.18.2 to v1.20.3, as pgzip at levels 7 to 9 from v1.20.0 on; as a single stream also `compress/flate` of
    /// Go 1.27. Level 0 and -2 are those of all eras before, too.
    V1_18_2(
            "1.18.2",
            V1_18_2_LAZY.rules.with(Change.BLOCKS_BEGIN_BEHIND_DICTIONARY),
            KlauspostEra.LITERALS_ONLY,
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9),
    /// v1.20.4 at least.
    V1_20_4(
            "1.20.4",
            V1_18_2.rules.with(Change.HUFFMAN_TREES, Change.SMALL_CHUNKS_PARSED),
            KlauspostEra.LITERALS_ONLY,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9);

    public static final String FAMILY = "klauspost";
    /// The level that klauspost and pgzip take for their default. Go takes 6.
    public static final int DEFAULT_LEVEL = 5;

    private static final int LITERALS_ONLY = -2;
    private static final int FIRST_LAZY_LEVEL = 7;

    private final String label;
    private final int revision;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final EraRules rules;

    @SuppressWarnings("ImmutableEnumChecker") // not changed
    private final int[] levels;

    KlauspostEra(String label, EraRules rules, int... levels) {
        this(label, 1, rules, levels);
    }

    KlauspostEra(String label, int revision, EraRules rules, int... levels) {
        this.label = label;
        this.revision = revision;
        this.rules = rules;
        this.levels = levels;
    }

    /// The first version of the era.
    public String label() {
        return label;
    }

    /// Of our port of it.
    public int revision() {
        return revision;
    }

    /// Whether this era's encoder is known at that level, from -2 (literals only) to 9.
    public boolean supports(int level) {
        return IntStream.of(levels).anyMatch(known -> known == level);
    }

    /// Whether a single stream at that level differs from that of the next era that knows it.
    public boolean differsAsStream(int level) {
        return supports(level) && this != V1_18_2_LAZY;
    }

    /// A single raw deflate stream into `sink`.
    ///
    /// @param level -2 (literals only) to 9
    /// @throws DrayException of kind UNSUPPORTED when the era is not known at that level
    public DeflateEncoder stream(int level, OutputStream sink) {
        requireSupported(level);
        BlockWriter writer = new BlockWriter(rules, penalty(level), sink);
        return new StreamEncoder(engine(level, writer), writer);
    }

    /// The blocks of a pgzip stream. Not thread safe: each worker takes its own, of about 1.5 MiB.
    ///
    /// @param level -2 (literals only) to 9
    /// @param blockSize in bytes, more than 16 KiB
    /// @throws DrayException of kind UNSUPPORTED when the era is not known at that level or the size is too small
    public BlockEncoder pgzip(int level, int blockSize) {
        requireSupported(level);
        if (blockSize <= PgzipEncoder.DICTIONARY) {
            throw new DrayException(
                    Kind.UNSUPPORTED,
                    "pgzip has no blocks of %d bytes: choose more than %d"
                            .formatted(blockSize, PgzipEncoder.DICTIONARY));
        }
        PgzipEncoder.Outlet outlet = new PgzipEncoder.Outlet();
        BlockWriter writer = new BlockWriter(rules, penalty(level), outlet);
        return new PgzipEncoder(blockSize, engine(level, writer), writer, outlet);
    }

    private void requireSupported(int level) {
        if (!supports(level)) {
            throw new DrayException(
                    Kind.UNSUPPORTED,
                    "klauspost %s at level %d is not known here: choose a level that the era supports"
                            .formatted(label, level));
        }
    }

    private int penalty(int level) {
        if (rules.fillsCodes()) {
            return 8;
        }
        return switch (level) {
            case LITERALS_ONLY -> 10;
            case 7, 8, 9 -> 8;
            default -> 7;
        };
    }

    private Engine engine(int level, BlockWriter writer) {
        if (level == LITERALS_ONLY) {
            return new ChunkEngine(new ChunkCoder.LiteralsOnly(writer));
        }
        if (level == 0) {
            return new ChunkEngine(new ChunkCoder.Stored(writer));
        }
        Tokens tokens = new Tokens(rules.has(Change.SPLIT_AT_LONGEST));
        return level < FIRST_LAZY_LEVEL
                ? new ChunkEngine(new MatchCoder(parser(level), tokens, writer, rules.has(Change.SMALL_CHUNKS_PARSED)))
                : new LazyEngine(LazyLevel.of(level), rules, tokens, writer);
    }

    private ChunkParser parser(int level) {
        return switch (level) {
            case 1 -> new Level1Parser();
            case 2 -> new Level2Parser();
            case 3 -> new Level3Parser();
            case 4 -> new Level4Parser(rules.has(Change.LEVEL_4_MISMEASURES));
            case 5 -> new Level5Parser(rules.tailCheckSkip());
            case 6 -> new Level6Parser(rules.tailCheckSkip());
            default -> throw new IllegalArgumentException("no level %d".formatted(level));
        };
    }
}
