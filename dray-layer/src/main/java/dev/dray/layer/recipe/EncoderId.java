package dev.dray.layer.recipe;

/// An encoder in one exact version, with its parameters: what a recipe remembers, frozen for ever.
///
/// @param family which encoder, `go`
/// @param era the first version that gives these bytes, `1.8`
/// @param revision of our port of it; a fixed bug is a new revision
public record EncoderId(String family, String era, int revision, Parameters parameters) {

    /// The parameters of the encoder; 0 and false where it has no such parameter.
    ///
    /// @param level the compression level, as the encoder numbers it
    /// @param blockSize plain bytes in each block of a framed stream
    /// @param dictionarySize plain bytes before each block that it knows
    /// @param memoryLevel zlib's
    /// @param rsyncable as `--rsyncable` and `-R`
    public record Parameters(int level, int blockSize, int dictionarySize, int memoryLevel, boolean rsyncable) {
        public Parameters {
            if (level < -64 || level > 64 || blockSize < 0 || dictionarySize < 0 || memoryLevel < 0) {
                throw new IllegalArgumentException("level %d, block %d, dictionary %d, memory level %d"
                        .formatted(level, blockSize, dictionarySize, memoryLevel));
            }
        }

        /// A level and nothing else.
        public static Parameters level(int level) {
            return new Parameters(level, 0, 0, 0, false);
        }

        /// A level and a framing.
        public static Parameters blocks(int level, int blockSize, int dictionarySize) {
            return new Parameters(level, blockSize, dictionarySize, 0, false);
        }
    }

    public EncoderId {
        if (family.isEmpty() || era.isEmpty() || revision < 1) {
            throw new IllegalArgumentException("encoder %s %s revision %d".formatted(family, era, revision));
        }
    }

    /// As people read it: `pgzip 1.18.2 level 5 block 1048576`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(family)
                .append(' ')
                .append(era)
                .append(" level ")
                .append(parameters.level);
        if (parameters.blockSize > 0) {
            text.append(" block ").append(parameters.blockSize);
        }
        if (parameters.rsyncable) {
            text.append(" rsyncable");
        }
        return text.toString();
    }
}
