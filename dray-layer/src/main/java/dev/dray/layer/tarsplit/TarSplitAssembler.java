package dev.dray.layer.tarsplit;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// Puts a layer together from a tar-split and the files of an unpacked layer.
///
/// Each file is checked by the CRC-64 in the tar-split on its way, which is no proof: compare the diffID that
/// [#assemble] returns. For a tar recipe, assemble into a [dev.dray.layer.tar.TarSplitter]. Not thread safe;
/// closes the files that it opens, nothing else.
public final class TarSplitAssembler {
    private static final int BUFFER = 256 << 10;

    private final NamedFiles files;
    private final OutputStream out;
    private final long limit;
    private final MessageDigest diffId = Digest.Algorithm.SHA256.hasher();
    private final Crc64 crc = new Crc64();
    private final byte[] buffer = new byte[BUFFER];
    private long written;

    /// The assembled archive.
    ///
    /// @param diffId SHA-256 of the whole
    /// @param size its length in bytes
    public record Assembled(Digest diffId, long size) {}

    private TarSplitAssembler(NamedFiles files, OutputStream out, long limit) {
        this.files = files;
        this.out = out;
        this.limit = limit;
    }

    /// Writes the layer.
    ///
    /// @param tarSplit `tar-split.json.gz`, read to its end
    /// @param limit most bytes that are written
    /// @throws DrayException of kind INVALID when the tar-split is malformed, CORRUPT when a file is not what it
    ///     was, TOO_LARGE beyond the limit, UNSUPPORTED when it holds what is not known
    public static Assembled assemble(InputStream tarSplit, NamedFiles files, OutputStream out, long limit)
            throws IOException {
        return new TarSplitAssembler(files, out, limit).assemble(tarSplit);
    }

    private Assembled assemble(InputStream tarSplit) throws IOException {
        TarSplitReader reader = new TarSplitReader(new InflatedTarSplit(tarSplit));
        for (Optional<TarSplitEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            switch (entry.get()) {
                case TarSplitEntry.Segment segment -> {
                    byte[] bytes = segment.bytes().toByteArray();
                    write(bytes, bytes.length);
                }
                case TarSplitEntry.File file -> writeFile(file);
            }
        }
        return new Assembled(Digest.of(Digest.Algorithm.SHA256, diffId.digest()), written);
    }

    private void writeFile(TarSplitEntry.File file) throws IOException {
        if (file.size() == 0) {
            return;
        }
        crc.reset();
        long length = 0;
        try (InputStream data = files.open(file.name())) {
            for (int count = data.read(buffer); count >= 0 && length <= file.size(); count = data.read(buffer)) {
                length += count;
                if (length <= file.size()) {
                    crc.update(buffer, 0, count);
                    write(buffer, count);
                }
            }
        }
        if (length != file.size() || crc.getValue() != file.crc()) {
            throw new DrayException(DrayException.Kind.CORRUPT, "a file of the layer is not what its tar-split says")
                    .about(file.name());
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        if (length > limit - written) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "tar-split gives more than the %d bytes allowed".formatted(limit));
        }
        diffId.update(bytes, 0, length);
        out.write(bytes, 0, length);
        written += length;
    }
}
