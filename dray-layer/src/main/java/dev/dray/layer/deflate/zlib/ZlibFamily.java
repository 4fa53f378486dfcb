package dev.dray.layer.deflate.zlib;

/// The names under which the encoders of this package are frozen: the output of each never changes; a fixed bug is
/// a new revision beside the old one.
public enum ZlibFamily {
    /// zlib, levels 1 to 9, from 1.1.4 (2002) to 1.3.2 at least.
    ZLIB("zlib", "1.1.4", 1),
    /// The zlib that is built into Node, from Node 12 to 16 at least, on a processor with an instruction for
    /// CRC-32C.
    NODE_12("node", "12.22.12", 1),
    /// The zlib that is built into Node, from Node 18 to 24 at least.
    NODE_18("node", "18.20.8", 1),
    /// GNU gzip, 1.12 to 1.14 at least.
    GNU_GZIP("gnu-gzip", "1.12", 1),
    /// pigz with zlib 1.2.6 or newer, 2.6 to 2.8 at least.
    PIGZ("pigz", "2.6", 1),
    /// pigz with one thread, where that matters: at levels 1 to 3.
    PIGZ_SINGLE("pigz-single", "2.6", 1);

    private final String family;
    private final String era;
    private final int revision;

    ZlibFamily(String family, String era, int revision) {
        this.family = family;
        this.era = era;
        this.revision = revision;
    }

    /// Which tool it is.
    public String family() {
        return family;
    }

    /// The oldest version of the tool that is known to give the same.
    public String era() {
        return era;
    }

    /// Of our port.
    public int revision() {
        return revision;
    }
}
