package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.registry.http.Calls;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final RawBytes BLOB = RawBytes.utf8("0123456789");
    private static final Digest DIGEST = BLOB.sha256();

    private final EmbeddedRegistry registry =
            EmbeddedRegistry.configure().withStoreOptions(TestStores.options()).start();
    private final Calls calls = Calls.to(registry.uri());

    @AfterAll
    void stop() {
        registry.close();
    }

    /// Sends a request by hand and closes the connection before the end of the body.
    private void sendTruncated(String method, String path, int announced, String sent) throws IOException {
        try (Socket socket = new Socket(registry.uri().getHost(), registry.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(method, path, announced, sent)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // The server closes when it has seen the end.
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void truncatedPutLeavesNoBlob() throws IOException {
        sendTruncated("POST", withDigest(uploads("bad/post"), DIGEST), 10, "01234");
        calls.head(blob("bad/post", DIGEST)).expect(404);
        String location = calls.startUpload("bad/put");
        sendTruncated("PUT", withDigest(location, DIGEST), 10, "01234");
        calls.head(blob("bad/put", DIGEST)).expect(404);
    }

    @Test
    void truncatedPatchGoesOnWhereTheRegistryHasIt() throws IOException {
        String location = calls.startUpload("bad/patch");
        String text = "0123456789".repeat(300_000);
        sendTruncated("PATCH", location, text.length(), text.substring(0, 2_500_000));
        String range = calls.get(location).expect(204).header("Range");
        int offset = Integer.parseInt(range.substring(2)) + 1;
        assertThat(offset).isBetween(1 << 20, 2_500_000);
        calls.patchChunk(location, RawBytes.utf8(text.substring(offset)), offset)
                .expect(202);
        calls.put(withDigest(location, RawBytes.utf8(text).sha256())).expect(201);
    }

    @Test
    void chunkOfAnotherLengthThanItSaysIsRefused() {
        String location = calls.startUpload("bad/length");
        calls.with("Content-Range", "0-19").patch(location, BLOB).expectError(400, "SIZE_INVALID");
        calls.with("Content-Range", "0-4").patch(location, BLOB).expectError(400, "SIZE_INVALID");
        calls.with("Content-Range", "0-4").patchStreamed(location, BLOB).expectError(400, "SIZE_INVALID");
        assertThat(calls.get(location).header("Range")).isEqualTo("0-0");
        for (String range : List.of("x", "5-0", "-5", "0-", "99999999999999999999-1")) {
            calls.with("Content-Range", range).patch(location, BLOB).expectError(400, "SIZE_INVALID");
        }
        calls.patchChunk(location, BLOB, 0).expect(202);
    }

    @Test
    void uploadWithoutADigestDoesNotEnd() {
        String location = calls.startUpload("bad/digest");
        calls.put(location, BLOB).expectError(400, "DIGEST_INVALID");
        calls.put(withDigest(location, "md5:00"), BLOB).expectError(400, "DIGEST_INVALID");
        calls.put(withDigest(location, DIGEST), BLOB).expect(201);
    }

    @Test
    void digestAlgorithmIsAHint() {
        String location = calls.post(uploads("bad/hint") + "?digest-algorithm=sha512")
                .expect(202)
                .location();
        Digest sha512 = BLOB.digest(Digest.Algorithm.SHA512);
        calls.put(withDigest(location, sha512), BLOB).expect(201).expectDigest(sha512);
        calls.post(uploads("bad/hint") + "?digest-algorithm=md5").expectError(400, "DIGEST_INVALID");
    }

    @Test
    void unknownUploadsAreUnknown() {
        for (String id : List.of("unknown", "%2e%2e", "a%00b", "x".repeat(300))) {
            int status = calls.get(uploads("bad/unknown") + id).status();
            assertThat(status).as(id).isIn(400, 404);
        }
        calls.patch(uploads("bad/unknown") + "unknown", BLOB).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "a//b", "-a", "a..b/c", "a/_b", "%C3%BC", "a:b"})
    void malformedNamesAreRefused(String name) {
        calls.get("/v2/" + name + "/tags/list").expectError(400, "NAME_INVALID");
        calls.post(uploads(name)).expectError(400, "NAME_INVALID");
        calls.get(blob(name, DIGEST)).expectError(400, "NAME_INVALID");
    }

    @Test
    void escapedSlashesInNamesAndSlashesAtTheEndDoNotMatter() {
        calls.push("esc/aped", BLOB);
        calls.head(blob("esc%2Faped", DIGEST)).expect(200);
        calls.head(blob("esc/aped", DIGEST) + "/").expect(200);
        calls.post("/v2/esc/aped/blobs/uploads").expect(202);
        calls.head(blob("esc/aped", DIGEST.toString().replace(":", "%3A"))).expect(200);
    }

    @Test
    void repositoriesMayBeCalledLikeRoutes() {
        for (String name : List.of("blobs", "blobs/uploads", "manifests", "tags/list", "uploads")) {
            calls.push(name, BLOB);
            assertThat(calls.get(blob(name, DIGEST)).expect(200).body()).isEqualTo(BLOB.toByteArray());
        }
    }

    @Test
    void unknownPathsAre404AndUnknownMethods405() {
        for (String path : List.of("/", "/v1/x", "/v2/x", "/v2/x/y", "/v2/x/tags/other", "/v2x/")) {
            calls.get(path).expectError(404, "NAME_UNKNOWN");
        }
        assertThat(calls.send("PATCH", blob("x", DIGEST), BodyPublishers.noBody())
                        .expectError(405, "UNSUPPORTED")
                        .header("Allow"))
                .isEqualTo("GET, HEAD, DELETE");
        assertThat(calls.get(uploads("x")).expectError(405, "UNSUPPORTED").header("Allow"))
                .isEqualTo("POST");
        calls.put("/v2/").expectError(405, "UNSUPPORTED");
    }

    @Test
    void namespaceOfAMirrorIsEchoed() {
        assertThat(calls.get("/v2/?ns=docker.io").header("OCI-Namespace")).isEqualTo("docker.io");
        assertThat(calls.get("/v2/?ns=a%0d%0ab").find("OCI-Namespace")).isEmpty();
    }
}
