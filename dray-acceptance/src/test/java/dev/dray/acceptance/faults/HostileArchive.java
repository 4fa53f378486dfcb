package dev.dray.acceptance.faults;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// A hostile archive for `dray load`.
///
/// @param words expected in the refusal
record HostileArchive(String name, String words, RawBytes bytes) {
    private static final String LAYER = "layer.tar";

    private static HostileArchive of(String name, String words, TarBytes tar) {
        return new HostileArchive(name, words, RawBytes.copyOf(tar.toByteArray()));
    }

    static Stream<HostileArchive> all() {
        byte[] whole = image(LAYER).file(LAYER, new byte[100_000]).toByteArray();
        return Stream.of(
                of("a name that leads out", "leads out", new TarBytes().file("../../escaped", "x")),
                of("an absolute name", "leads out", new TarBytes().file("/tmp/escaped", "x")),
                of("a link that leads out", "leads out", image(LAYER).symbolicLink(LAYER, "../../../etc/passwd")),
                of("a hard link that leads out", "leads out", image(LAYER).hardLink(LAYER, "/etc/passwd")),
                of("a layer outside", "etc/passwd", image("../../../../etc/passwd")),
                of("a link without end", "without end", image(LAYER).symbolicLink(LAYER, LAYER)),
                of("a size of 8 GiB", "breaks off", new TarBytes().entry("a", '0', "", 077777777777L, new byte[100])),
                of(
                        "two files of one name",
                        "two entries",
                        image(LAYER).file(LAYER, "a").file(LAYER, "b")),
                of("a list of 64 MiB", "larger than", new TarBytes().file("manifest.json", new byte[64 << 20])),
                of("a list that is none", "Config", new TarBytes().file("manifest.json", "[{\"Config\": 7}]")),
                of("a layer of other bytes", "layer", image(LAYER).file(LAYER, new byte[20_000])),
                of("a manifest of other bytes", "hash to", layout()),
                of("records of 2 MiB", "larger than", new TarBytes().entry("x", 'x', "", 2 << 20, new byte[2 << 20])),
                of("a script", "not a tar", new TarBytes().bytes(script())),
                new HostileArchive("broken off", "breaks off", RawBytes.copyOf(Arrays.copyOf(whole, 50_000))),
                new HostileArchive("a bomb", "breaks off", RawBytes.copyOf(bomb())));
    }

    @Override
    public String toString() {
        return name;
    }

    private static byte[] script() {
        return "#!/bin/sh\nrm -rf /\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
    }

    /// A docker-archive without its layers.
    private static TarBytes image(String layer) {
        String config =
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                        .formatted(Digest.sha256("another layer".getBytes(StandardCharsets.US_ASCII)));
        return new TarBytes().file("c.json", config).manifest("c.json", List.of(layer), List.of("hostile:1"));
    }

    /// An OCI layout with a blob under another blob's digest.
    private static TarBytes layout() {
        Digest digest = Digest.sha256("a manifest".getBytes(StandardCharsets.US_ASCII));
        String index =
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"digest\":\"%s\",\"size\":2}]}".formatted(digest);
        return new TarBytes()
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .file("index.json", index)
                .file("blobs/sha256/" + digest.hex(), "{}");
    }

    /// A gigabyte of zeros in a megabyte.
    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new TarBytes()
                    .entry("a", '0', "", 07777777777L, new byte[0])
                    .toByteArray());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 900; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
