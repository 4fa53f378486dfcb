package dev.dray.acceptance.faults;

import dev.dray.model.Digest;
import dev.dray.testkit.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// What a stranger sends to `dray load`.
enum HostileArchive {
    NAME_LEADS_OUT("leads out", new TarBytes().file("../../escaped", "x")),
    NAME_IS_ABSOLUTE("leads out", new TarBytes().file("/tmp/escaped", "x")),
    LINK_LEADS_OUT(
            "leads out", image(List.of("layer.tar")).symbolicLink("layer.tar", "../../../../../../../../etc/passwd")),
    LAYER_IS_OUTSIDE("layer", image(List.of("../../../../../../../../etc/passwd"))),
    LINK_WITHOUT_END("without end", image(List.of("layer.tar")).symbolicLink("layer.tar", "layer.tar")),
    SIZE_OF_A_TERABYTE("breaks off", new TarBytes().entry("a", '0', "", 077777777777L, new byte[100])),
    NEGATIVE_SIZE("no size", new TarBytes().entry("a", '0', "", -1, new byte[100])),
    BROKEN_OFF("breaks off") {
        @Override
        byte[] bytes() {
            byte[] whole = image(List.of("layer.tar"))
                    .file("layer.tar", new byte[100_000])
                    .toByteArray();
            return Arrays.copyOf(whole, whole.length / 2);
        }
    },
    TWO_OF_ONE_NAME(
            "two entries", image(List.of("layer.tar")).file("layer.tar", "a").file("layer.tar", "b")),
    LIST_OF_A_GIGABYTE("large", new TarBytes().file("manifest.json", new byte[64 << 20])),
    LIST_IS_NONE("manifest.json", new TarBytes().file("manifest.json", "[{\"Config\": 7}]")),
    LAYER_IS_ANOTHER("layer", image(List.of("layer.tar")).file("layer.tar", new byte[20_000])),
    LAYER_OF_ANOTHER_BLOB("sha256:", layout()),
    BOMB("", bomb()),
    PAX_BOMB("larger than", new TarBytes().entry("x", 'x', "", 2 << 20, new byte[2 << 20])),
    NOT_A_TAR(
            "not a tar",
            new TarBytes().bytes("#!/bin/sh\nrm -rf /\n".repeat(100).getBytes(StandardCharsets.US_ASCII)));

    private final String words;
    private final byte[] bytes;

    HostileArchive(String words) {
        this(words, new byte[0]);
    }

    HostileArchive(String words, TarBytes tar) {
        this(words, tar.toByteArray());
    }

    HostileArchive(String words, byte[] bytes) {
        this.words = words;
        this.bytes = bytes;
    }

    /// What the refusal says.
    String words() {
        return words;
    }

    byte[] bytes() {
        return bytes;
    }

    /// A docker-archive without its layers.
    private static TarBytes image(List<String> layers) {
        String config =
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                        .formatted(Digest.sha256("another layer".getBytes(StandardCharsets.US_ASCII)));
        return new TarBytes().file("c.json", config).manifest("c.json", layers, List.of("hostile:1"));
    }

    /// An OCI layout whose blob has another one's digest.
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

    /// A gigabyte of nothing in a megabyte.
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
