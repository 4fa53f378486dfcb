package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.klauspost.EraRules.Alphabets;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.OutputStream;

/// The eras of klauspost/compress `flate`: versions within an era give the same bytes, and no two eras do.
///
/// An era is frozen: its bytes never change. A fixed bug of ours would be a new revision beside this one.
public enum KlauspostEra {
    /// v1.12.3 to v1.13.6.
    V1_12_3("1.12.3", new EraRules(false, 0, Alphabets.FULL, true, 0, false, false)),
    /// v1.14.0 and v1.14.1.
    V1_14_0("1.14.0", new EraRules(false, 0, Alphabets.FULL, false, Integer.MAX_VALUE, false, false)),
    /// v1.14.2.
    V1_14_2("1.14.2", new EraRules(false, 0, Alphabets.FULL, false, Integer.MAX_VALUE, false, true)),
    /// v1.14.3 and v1.14.4.
    V1_14_3("1.14.3", new EraRules(false, 0, Alphabets.FULL, false, EraRules.FIXED_CODE_LIMIT, true, true)),
    /// v1.15.0 to v1.15.9.
    V1_15_0("1.15.0", new EraRules(true, 0, Alphabets.FULL, false, EraRules.FIXED_CODE_LIMIT, true, true)),
    /// v1.15.10 to v1.18.0.
    V1_15_10("1.15.10", new EraRules(true, 2, Alphabets.FULL, false, EraRules.FIXED_CODE_LIMIT, true, true)),
    /// v1.18.1, retracted but shipped.
    V1_18_1("1.18.1", new EraRules(true, 2, Alphabets.TRIMMED, false, EraRules.FIXED_CODE_LIMIT, true, true)),
    /// v1.18.2 to v1.20.3 at least; as a single stream also `compress/flate` of Go 1.27.
    V1_18_2("1.18.2", new EraRules(true, 2, Alphabets.TRIMMED_WITH_END, false, EraRules.FIXED_CODE_LIMIT, true, true));

    public static final String FAMILY = "klauspost";
    /// The level that klauspost and pgzip take for their default. Go takes 6.
    public static final int DEFAULT_LEVEL = 5;

    private static final int LITERALS_ONLY = -2;

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final EraRules rules;

    KlauspostEra(String label, EraRules rules) {
        this.label = label;
        this.rules = rules;
    }

    /// The first version of the era.
    public String label() {
        return label;
    }

    public int revision() {
        return 1;
    }

    /// Whether this era's encoder is known at that level: 5 in every era, and all from -2 to 9 in the newest.
    /// There, blocks at levels 7 to 9 are those from v1.20.0 on; before, one could store its dictionary by mistake.
    public boolean supports(int level) {
        return level == DEFAULT_LEVEL || (this == V1_18_2 && level >= LITERALS_ONLY && level <= 9 && level != -1);
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
        Tokens tokens = new Tokens(rules.splitAtLongest());
        return switch (level) {
            case LITERALS_ONLY -> new ChunkEngine(new ChunkCoder.LiteralsOnly(writer));
            case 0 -> new ChunkEngine(new ChunkCoder.Stored(writer));
            case 1, 2, 3, 4, 5, 6 -> new ChunkEngine(new MatchCoder(parser(level), tokens, writer));
            case 7, 8, 9 -> new LazyEngine(LazyLevel.of(level), tokens, writer);
            default -> throw new IllegalArgumentException("no level %d".formatted(level));
        };
    }

    private ChunkParser parser(int level) {
        return switch (level) {
            case 1 -> new Level1Parser();
            case 2 -> new Level2Parser();
            case 3 -> new Level3Parser();
            case 4 -> new Level4Parser();
            case 5 -> new Level5Parser(rules.tailCheckSkip());
            case 6 -> new Level6Parser(rules.tailCheckSkip());
            default -> throw new IllegalArgumentException("no level %d".formatted(level));
        };
    }
}
