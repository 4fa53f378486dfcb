package dev.dray.layer.tarsplit;

import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A `tar-split.json.gz`, inflated from the first use on; tells damage from a failing disk. Not thread safe, closes
/// nothing.
final class InflatedTarSplit extends BulkInputStream {
    private static final int BUFFER = 256 << 10;

    private final InputStream gzip;
    private Optional<InputStream> plain = Optional.empty();

    InflatedTarSplit(InputStream gzip) {
        this.gzip = gzip;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (plain.isEmpty()) {
                plain = Optional.of(new GZIPInputStream(gzip, BUFFER));
            }
            return plain.get().read(bytes, offset, length);
        } catch (ZipException | EOFException e) {
            throw new DrayException(DrayException.Kind.INVALID, "tar-split is not whole gzip", e);
        }
    }
}
