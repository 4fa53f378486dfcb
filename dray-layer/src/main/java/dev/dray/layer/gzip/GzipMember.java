package dev.dray.layer.gzip;

import dev.dray.model.RawBytes;

/// One member of a gzip file, as it was found.
///
/// @param offset where its header begins in the file
/// @param deflateLength bytes of its deflate data
/// @param plainOffset plain bytes before it
/// @param plainLength its plain bytes
/// @param trailer CRC and length as they stand there, eight bytes
/// @param trailerHolds whether they are those of the plain bytes
public record GzipMember(
        long offset,
        GzipHeader header,
        long deflateLength,
        long plainOffset,
        long plainLength,
        RawBytes trailer,
        boolean trailerHolds) {
    /// Length of every trailer.
    public static final int TRAILER_LENGTH = 8;

    /// Where its deflate data begins in the file.
    public long deflateOffset() {
        return offset + header.raw().size();
    }

    /// Where its trailer ends in the file.
    public long end() {
        return deflateOffset() + deflateLength + TRAILER_LENGTH;
    }
}
