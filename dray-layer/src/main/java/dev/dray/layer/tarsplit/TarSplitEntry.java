package dev.dray.layer.tarsplit;

import dev.dray.model.RawBytes;

/// One line of a tar-split: a piece of the archive.
sealed interface TarSplitEntry {

    /// Type 1: an entry of the archive; its data, if it has any, is to be had from the file system.
    ///
    /// @param name as the archive says, in any encoding, and hostile perhaps
    /// @param size length of the data
    /// @param crc [Crc64] of the data, 0 where there is none
    record File(RawBytes name, long size, long crc) implements TarSplitEntry {}

    /// Type 2: bytes of the archive, headers and padding.
    record Segment(RawBytes bytes) implements TarSplitEntry {}
}
