package dev.dray.acceptance.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Manifests as large as they may be, many at a time, on a server with a quarter of the heap that it ships with.
@Timeout(180)
final class LargeManifestsTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final String SUBJECT = Digest.sha256(new byte[] {1}).toString();

    @TempDir
    private Path folder;

    private DrayServer start() throws Exception {
        return DrayServer.Plan.in(folder).javaOptions("-Xmx64m").start();
    }

    /// An image without layers, with something that makes it large.
    private static byte[] manifest(String large) {
        return """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/x","digest":"%s","size":2},
                 "layers":[],"subject":{"mediaType":"%s","digest":"%s","size":1},%s}""".formatted(MediaType.OCI_MANIFEST, Digest.sha256(CONFIG), MediaType.OCI_MANIFEST, SUBJECT, large)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] annotated(int number) {
        return manifest("\"annotations\":{\"a\":\"" + number + "x".repeat(4_100_000) + "\"}");
    }

    private static void push(DrayServer server, int manifests) throws Exception {
        try (PlainClient client = new PlainClient(server.host())) {
            client.blob("app", CONFIG);
            for (int i = 0; i < manifests; i++) {
                client.manifest("app", "v" + i, MediaType.OCI_MANIFEST.value(), annotated(i));
            }
        }
    }

    @Test
    void readersThatTakeNothingLeaveOthersServed() throws Exception {
        try (DrayServer server = start()) {
            push(server, 1);
            String get = "GET /v2/app/manifests/v0 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n";
            Victim other = Victim.of(server);
            try (Crowd _ = Crowd.of(60, 20, server.port(), get)) {
                other.isServed();
            }
            other.isServed();
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void documentsOfManyNumbersLeaveOthersServed() throws Exception {
        String numbers = "\"a\":[" + "1234567,".repeat(390_000) + "0]";
        byte[] manifest = manifest(numbers);
        String put = "PUT /v2/app/manifests/v HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(MediaType.OCI_MANIFEST, manifest.length, new String(manifest, StandardCharsets.US_ASCII));
        try (DrayServer server = start()) {
            Victim other = Victim.of(server);
            try (Crowd _ = Crowd.of(16, 8, server.port(), put)) {
                other.isServed();
            }
            other.isServed();
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void listOfLargeReferrersIsGivenPageByPage() throws Exception {
        try (DrayServer server = start()) {
            push(server, 16);
            for (int i = 0; i < 3; i++) {
                String list = Victim.of(server).get("/v2/app/referrers/" + SUBJECT, Duration.ofSeconds(60));
                assertThat(list).startsWith("HTTP/1.1 200").contains("Link: </v2/app/referrers/");
                assertThat(list.length()).isLessThan(5 << 20);
            }
            Victim.of(server).isServed();
            assertThat(server.stop()).isZero();
        }
    }
}
