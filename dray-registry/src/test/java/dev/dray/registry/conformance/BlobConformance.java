package dev.dray.registry.conformance;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tests "sha256 blobs" and "sha512 blobs" of the OCI conformance list.
abstract class BlobConformance {
    private static final String REPOSITORY = "conformance/blobs";
    private static final String OTHER = "conformance/other";

    private final Digest.Algorithm algorithm;
    private EmbeddedRegistry registry;
    private Calls calls;

    BlobConformance(Digest.Algorithm algorithm) {
        this.algorithm = algorithm;
        this.registry = EmbeddedRegistry.start();
        this.calls = Calls.to(registry.uri());
    }

    @BeforeEach
    void start() {
        assertThat(calls.get("/v2/").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RawBytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return RawBytes.copyOf(bytes);
    }

    private Digest digest(RawBytes blob) {
        return blob.digest(algorithm);
    }

    private static RawBytes part(RawBytes blob, int from, int to) {
        return RawBytes.copyOf(Arrays.copyOfRange(blob.toByteArray(), from, to));
    }

    /// blob-head, blob-get, blob-delete, and that it is gone then.
    private void requireBlob(String repository, RawBytes blob) {
        Digest digest = digest(blob);
        Reply head = calls.head(blob(repository, digest)).expect(200).expectDigest(digest);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(blob.size()));
        Reply get = calls.get(blob(repository, digest)).expect(200).expectDigest(digest);
        assertThat(get.body()).isEqualTo(blob.toByteArray());
        assertThat(get.header("Content-Type")).isEqualTo("application/octet-stream");
        delete(repository, digest);
    }

    private void delete(String repository, Digest digest) {
        calls.delete(blob(repository, digest)).expect(202);
        calls.head(blob(repository, digest)).expect(404);
        calls.get(blob(repository, digest)).expectError(404, "BLOB_UNKNOWN");
    }

    /// A 201 says where the blob is to be had, and there it is.
    private void requireCreated(Reply reply, RawBytes blob) {
        reply.expect(201).expectDigest(digest(blob));
        assertThat(calls.get(reply.location()).expect(200).body()).isEqualTo(blob.toByteArray());
    }

    @Test
    void getMissing() {
        Digest digest = digest(RawBytes.utf8("nowhere"));
        calls.head(blob(REPOSITORY, digest)).expect(404);
        calls.get(blob(REPOSITORY, digest)).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void postOnly() {
        RawBytes blob = random(50_000);
        requireCreated(calls.post(withDigest(uploads(REPOSITORY), digest(blob)), blob), blob);
        requireBlob(REPOSITORY, blob);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2000", "16384", "16385", "3000000"})
    void postPut(int size) {
        RawBytes blob = random(size);
        String location = calls.startUpload(REPOSITORY);
        requireCreated(calls.put(withDigest(location, digest(blob)), blob), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void emptyJson() {
        RawBytes blob = RawBytes.utf8("{}");
        calls.push(REPOSITORY, blob, digest(blob));
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void chunkedSingle() {
        RawBytes blob = random(40_000);
        String location = calls.patchChunk(calls.startUpload(REPOSITORY), blob, 0)
                .expect(202)
                .location();
        requireCreated(calls.put(withDigest(location, digest(blob))), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void stream() {
        RawBytes blob = random(2_500_000);
        Reply patched = calls.patchStreamed(calls.startUpload(REPOSITORY), blob).expect(202);
        assertThat(patched.header("Range")).isEqualTo("0-2499999");
        requireCreated(calls.put(withDigest(patched.location(), digest(blob))), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void mount() {
        RawBytes blob = random(20_000);
        calls.push(REPOSITORY, blob, digest(blob));
        requireCreated(calls.post(uploads(OTHER) + "?mount=" + digest(blob) + "&from=" + REPOSITORY), blob);
        delete(REPOSITORY, digest(blob));
        requireBlob(OTHER, blob);
    }

    @Test
    void mountAnonymous() {
        RawBytes blob = random(20_000);
        calls.push(REPOSITORY, blob, digest(blob));
        calls.post(uploads(OTHER) + "?mount=" + digest(blob)).expect(202);
        calls.head(blob(OTHER, digest(blob))).expect(404);
    }

    @Test
    void mountMissing() {
        RawBytes blob = random(20_000);
        String location = calls.post(uploads(OTHER) + "?mount=" + digest(blob) + "&from=" + REPOSITORY)
                .expect(202)
                .location();
        requireCreated(calls.put(withDigest(location, digest(blob)), blob), blob);
        requireBlob(OTHER, blob);
    }

    @Test
    void postCancel() {
        String location = calls.startUpload(REPOSITORY);
        calls.delete(location).expect(204);
        calls.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        calls.delete(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void chunkedMulti() {
        RawBytes blob = random(60_000);
        String location = calls.startUpload(REPOSITORY);
        for (int at = 0; at < blob.size(); at += 20_000) {
            Reply patched =
                    calls.patchChunk(location, part(blob, at, at + 20_000), at).expect(202);
            assertThat(patched.header("Range")).isEqualTo("0-" + (at + 19_999));
            location = patched.location();
        }
        requireCreated(calls.put(withDigest(location, digest(blob))), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void chunkedMultiAndPutChunk() {
        RawBytes blob = random(60_000);
        String location = calls.patchChunk(calls.startUpload(REPOSITORY), part(blob, 0, 40_000), 0)
                .expect(202)
                .location();
        Calls last = calls.with("Content-Range", "40000-59999");
        requireCreated(last.put(withDigest(location, digest(blob)), part(blob, 40_000, 60_000)), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void chunkedOutOfOrder() {
        RawBytes blob = random(60_000);
        String location = calls.startUpload(REPOSITORY);
        calls.patchChunk(location, part(blob, 20_000, 40_000), 20_000).expectError(416, "BLOB_UPLOAD_INVALID");
        Reply status = calls.get(location).expect(204);
        assertThat(status.header("Range")).isEqualTo("0-0");
        location = calls.patchChunk(status.location(), part(blob, 0, 20_000), 0)
                .expect(202)
                .location();
        calls.patchChunk(location, part(blob, 0, 20_000), 0).expectError(416, "BLOB_UPLOAD_INVALID");
        calls.patchChunk(location, part(blob, 40_000, 60_000), 40_000).expectError(416, "BLOB_UPLOAD_INVALID");
        status = calls.get(location).expect(204);
        assertThat(status.header("Range")).isEqualTo("0-19999");
        location = calls.patchChunk(status.location(), part(blob, 20_000, 60_000), 20_000)
                .expect(202)
                .location();
        requireCreated(calls.put(withDigest(location, digest(blob))), blob);
        requireBlob(REPOSITORY, blob);
    }

    @Test
    void chunkedOutOfOrderAndPutChunk() {
        RawBytes blob = random(60_000);
        String location = calls.patchChunk(calls.startUpload(REPOSITORY), part(blob, 0, 20_000), 0)
                .expect(202)
                .location();
        calls.with("Content-Range", "40000-59999")
                .put(withDigest(location, digest(blob)), part(blob, 40_000, 60_000))
                .expectError(416, "BLOB_UPLOAD_INVALID");
        location = calls.get(location).expect(204).location();
        Calls last = calls.with("Content-Range", "20000-59999");
        requireCreated(last.put(withDigest(location, digest(blob)), part(blob, 20_000, 60_000)), blob);
        requireBlob(REPOSITORY, blob);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=500-1499, 206, bytes 500-1499/, 500, 1500",
        "bytes=500-, 206, bytes 500-1999/, 500, 2000",
        "bytes=-500, 206, bytes 1500-1999/, 1500, 2000",
        "bytes=1000-5000, 206, bytes 1000-1999/, 1000, 2000",
        "bytes=500-0, 416, bytes */, 0, 0",
        "bytes=2000-5000, 416, bytes */, 0, 0",
        "bytes=-0, 416, bytes */, 0, 0",
        "bytes=0-1;3-4, 200, , 0, 2000",
        "lines=0-1, 200, , 0, 2000",
    })
    void rangeRequests(String range, int status, String contentRange, int from, int to) {
        RawBytes small = random(2000);
        RawBytes large = random(200_000);
        for (RawBytes blob : new RawBytes[] {small, part(large, 0, 2000)}) {
            calls.push(REPOSITORY, blob, digest(blob));
            Reply reply = calls.with("Range", range)
                    .get(blob(REPOSITORY, digest(blob)))
                    .expect(status);
            if (status != 416) {
                assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(blob.toByteArray(), from, to));
            }
            assertThat(reply.find("Content-Range").orElse(null))
                    .isEqualTo(contentRange == null ? null : contentRange + 2000);
        }
    }

    @Test
    void rangeOfALargeBlob() {
        RawBytes blob = random(3_000_000);
        calls.push(REPOSITORY, blob, digest(blob));
        Reply reply = calls.with("Range", "bytes=1000000-2999998").get(blob(REPOSITORY, digest(blob)));
        assertThat(reply.expect(206).body()).isEqualTo(Arrays.copyOfRange(blob.toByteArray(), 1_000_000, 2_999_999));
        assertThat(reply.header("Content-Range")).isEqualTo("bytes 1000000-2999998/3000000");
    }

    @Test
    void badDigestPostOnly() {
        RawBytes blob = random(1000);
        calls.post(withDigest(uploads(REPOSITORY), digest(random(999))), blob).expectError(400, "DIGEST_INVALID");
        calls.head(blob(REPOSITORY, digest(random(999)))).expect(404);
    }

    @Test
    void badDigestPostPut() {
        String location = calls.startUpload(REPOSITORY);
        calls.put(withDigest(location, digest(random(999))), random(1000)).expectError(400, "DIGEST_INVALID");
        calls.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void badDigestChunked() {
        RawBytes blob = random(40_000);
        String location =
                calls.patchChunk(calls.startUpload(REPOSITORY), blob, 0).location();
        calls.put(withDigest(location, digest(random(999)))).expectError(400, "DIGEST_INVALID");
    }

    @Test
    void badDigestChunkedAndPutChunk() {
        RawBytes blob = random(40_000);
        String location = calls.patchChunk(calls.startUpload(REPOSITORY), part(blob, 0, 20_000), 0)
                .location();
        calls.with("Content-Range", "20000-39999")
                .put(withDigest(location, digest(random(999))), part(blob, 20_000, 40_000))
                .expectError(400, "DIGEST_INVALID");
    }

    @Test
    void badDigestStream() {
        String location = calls.patchStreamed(calls.startUpload(REPOSITORY), random(40_000))
                .location();
        calls.put(withDigest(location, digest(random(999)))).expectError(400, "DIGEST_INVALID");
    }
}
