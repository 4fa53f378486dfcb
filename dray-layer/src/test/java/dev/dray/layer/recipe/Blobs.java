package dev.dray.layer.recipe;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.go.Sample;
import dev.dray.layer.deflate.zlib.ZlibFamily;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.encoders.GoFamily;
import dev.dray.layer.encoders.PigzFamily;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.model.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// Makes gzip blobs with any encoder of the catalog, and takes them apart again.
public final class Blobs {
    public static final EncoderCatalog CATALOG = EncoderCatalog.standard();
    private static final String GO_HEADER = "1f8b08000000000000ff";

    private static final int NOISE = 20_000;

    private Blobs() {}

    /// A scanned blob with its plain bytes.
    public static final class Scanned {
        private final byte[] blob;
        private final byte[] plain;
        private final GzipScan scan;

        Scanned(byte[] blob, byte[] plain, GzipScan scan) {
            this.blob = blob;
            this.plain = plain;
            this.scan = scan;
        }

        public byte[] blob() {
            return blob;
        }

        public byte[] plain() {
            return plain;
        }

        public GzipScan scan() {
            return scan;
        }

        public ProofOutcome prove(EncoderCatalog catalog, int workers) throws IOException {
            return new GzipProver(catalog, workers).prove(scan, ByteSource.of(blob), ByteSource.of(plain));
        }

        /// The recipe, as it is after it was stored.
        public GzipRecipe proven(int workers) throws IOException {
            return switch (prove(CATALOG, workers)) {
                case ProofOutcome.Exact(GzipRecipe recipe) -> GzipRecipe.parse(recipe.toBytes());
                case ProofOutcome.Verbatim(String reason) -> throw new AssertionError(reason);
            };
        }
    }

    public static Scanned scan(byte[]... parts) throws IOException {
        byte[] blob = concat(parts);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        GzipScan scan = GzipScan.read(new ByteArrayInputStream(blob), plain, InflateLimits.standard());
        return new Scanned(blob, plain.toByteArray(), scan);
    }

    /// Bytes of all kinds, of which a third cannot be compressed.
    public static byte[] plain(int size, long seed) {
        byte[] plain = Sample.mixed(size, seed);
        byte[] noise = new Sample("noise", size, seed).bytes();
        for (int at = 0; at < size; at += 3 * NOISE) {
            System.arraycopy(noise, at, plain, at, Math.min(NOISE, size - at));
        }
        return plain;
    }

    /// One member as Go writes it.
    public static byte[] go(byte[] plain, int level) throws IOException {
        return gzip(plain, GoFamily.id(level));
    }

    public static EncoderId zlib(int level, int memoryLevel) {
        return new EncoderId("zlib", "1.1.4", 1, new EncoderId.Parameters(level, 0, 0, memoryLevel, false));
    }

    static EncoderId node(int level, String era) {
        return new EncoderId("node", era, 1, new EncoderId.Parameters(level, 0, 0, 8, false));
    }

    static EncoderId gnuGzip(int level) {
        return new EncoderId("gnu-gzip", "1.12", 1, new EncoderId.Parameters(level, 0, 0, 8, false));
    }

    static EncoderId gnuGzipRsyncable(int level) {
        return new EncoderId("gnu-gzip", "1.12", 1, new EncoderId.Parameters(level, 0, 0, 8, true));
    }

    public static EncoderId pigz(int level, int blockSize, boolean independent, boolean rsyncable) {
        return new PigzFamily(ZlibFamily.PIGZ).id(level, blockSize, independent, rsyncable);
    }

    static EncoderId pigzSingle(int level, int blockSize) {
        return new PigzFamily(ZlibFamily.PIGZ_SINGLE).id(level, blockSize, false, false);
    }

    /// One member as this encoder makes it.
    public static byte[] gzip(byte[] plain, EncoderId id) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        switch (CATALOG.encoding(id)) {
            case Encoding.Streamed(var opener) -> stream(plain, opener, deflated);
            case Encoding.Resumable(var opener, var _, var _, var _) -> stream(plain, opener, deflated);
            case Encoding.Blocked(var opener, boolean emptyLast) -> blocks(plain, opener.get(), emptyLast, deflated);
        }
        return member(deflated.toByteArray(), plain);
    }

    private static void stream(byte[] plain, Encoding.Opener opener, OutputStream out) throws IOException {
        try (DeflateEncoder encoder = opener.open(out)) {
            encoder.write(plain, 0, plain.length);
            encoder.finish();
        }
    }

    private static void blocks(byte[] plain, BlockEncoder encoder, boolean emptyLast, OutputStream out)
            throws IOException {
        int size = encoder.blockSize();
        int at = 0;
        while (plain.length - at > size || (emptyLast && plain.length - at == size)) {
            encoder.encode(plain, Math.max(0, at - encoder.dictionarySize()), at, at + size, false, out);
            at += size;
        }
        encoder.encode(plain, Math.max(0, at - encoder.dictionarySize()), at, plain.length, true, out);
    }

    /// A member of this deflate data.
    public static byte[] member(byte[] deflated, byte[] plain) {
        CRC32 crc = new CRC32();
        crc.update(plain);
        byte[] trailer = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(plain.length)
                .array();
        return concat(HexFormat.of().parseHex(GO_HEADER), deflated, trailer);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] rebuild(GzipRecipe recipe, byte[] plain, int workers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GzipRebuilder(CATALOG, workers).rebuild(recipe, ByteSource.of(plain), out);
        return out.toByteArray();
    }
}
