package dev.dray.engine.intake;

import dev.dray.layer.deflate.klauspost.KlauspostEra;
import dev.dray.layer.gzip.GzipBlockWriter;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;

/// The compression of layers that are built here: that of pgzip over klauspost's encoder of 1.18.2 and later, level 5,
/// blocks of 1 MiB. Known to the world, parallel, and a restart point each MiB.
final class OwnProfile {
    /// The header of pgzip: no name, and its zero time as the modification time.
    private static final RawBytes HEADER = RawBytes.copyOf(HexFormat.of().parseHex("1f8b080000096e8800ff"));

    private static final int LEVEL = KlauspostEra.DEFAULT_LEVEL;
    private static final int BLOCK = 1 << 20;

    private OwnProfile() {}

    static GzipBlockWriter writer(OutputStream out, ExecutorService threads, int atOnce) throws IOException {
        return new GzipBlockWriter(out, HEADER, () -> KlauspostEra.V1_18_2.pgzip(LEVEL, BLOCK), threads, atOnce);
    }
}
