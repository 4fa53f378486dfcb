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
import dev.dray.store.fixture.TestStores;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tests "sha256 blobs" and "sha512 blobs" of the OCI conformance list.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BlobConformance {
    private final Digest.Algorithm algorithm;
    private final EmbeddedRegistry registry;
    private final Calls calls;
    private String repository = "";
    private String other = "";
    private int test;

    BlobConformance(Digest.Algorithm algorithm) {
        this.algorithm = algorithm;
        this.registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .start();
        this.calls = Calls.to(registry.uri());
    }

    @BeforeEach
    void useNewRepositories() {
        test++;
        repository = "conformance/blobs-" + test;
        other = "conformance/other-" + test;
    }

    @AfterAll
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

    /// blob-head, blob-get, blob-delete, and a final check that the blob is gone.
    private void requireBlob(String name, RawBytes blob) {
        Digest digest = digest(blob);
        Reply head = calls.head(blob(name, digest)).expect(200).expectDigest(digest);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(blob.size()));
        Reply get = calls.get(blob(name, digest)).expect(200).expectDigest(digest);
        assertThat(get.body()).isEqualTo(blob.toByteArray());
        assertThat(get.header("Content-Type")).isEqualTo("application/octet-stream");
        delete(name, digest);
    }

    private void delete(String name, Digest digest) {
        calls.delete(blob(name, digest)).expect(202);
        calls.head(blob(name, digest)).expect(404);
        calls.get(blob(name, digest)).expectError(404, "BLOB_UNKNOWN");
    }

    /// A 201 names the blob's address, and the blob is there.
    private void requireCreated(Reply reply, RawBytes blob) {
        reply.expect(201).expectDigest(digest(blob));
        assertThat(calls.get(reply.location()).expect(200).body()).isEqualTo(blob.toByteArray());
    }

    @Test
    void getMissing() {
        Digest digest = digest(RawBytes.utf8("nowhere"));
        calls.head(blob(repository, digest)).expect(404);
        calls.get(blob(repository, digest)).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void postOnly() {
        RawBytes blob = random(50_000);
        requireCreated(calls.post(withDigest(uploads(repository), digest(blob)), blob), blob);
        requireBlob(repository, blob);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2000", "16384", "16385", "3000000"})
    void postPut(int size) {
        RawBytes blob = random(size);
        String location = calls.startUpload(repository);
        requireCreated(calls.put(withDigest(location, digest(blob)), blob), blob);
        requireBlob(repository, blob);
    }

    @Test
    void emptyJson() {
        RawBytes blob = RawBytes.utf8("{}");
        calls.push(repository, blob, digest(blob));
        requireBlob(repository, blob);
    }

    @Test
    void chunkedSingle() {
        RawBytes blob = random(40_000);
        String location = calls.patchChunk(calls.startUpload(repository), blob, 0)
                .expect(202)
                .location();
        requireCreated(calls.put(withDigest(location, digest(blob))), blob);
        requireBlob(repository, blob);
    }

    @Test
    void stream() {
        RawBytes blob = random(2_500_000);
        Reply patched = calls.patchStreamed(calls.startUpload(repository), blob).expect(202);
        assertThat(patched.header("Range")).isEqualTo("0-2499999");
        requireCreated(calls.put(withDigest(patched.location(), digest(blob))), blob);
        requireBlob(repository, blob);
    }

    @Test
    void mount() {
        RawBytes blob = random(20_000);
        calls.push(repository, blob, digest(blob));
        requireCreated(calls.post(uploads(other) + "?mount=" + digest(blob) + "&from=" + repository), blob);
        delete(repository, digest(blob));
        requireBlob(other, blob);
    }

    @Test
    void mountAnonymous() {
        RawBytes blob = random(20_000);
        calls.push(repository, blob, digest(blob));
        calls.post(uploads(other) + "?mount=" + digest(blob)).expect(202);
        calls.head(blob(other, digest(blob))).expect(404);
    }

    @Test
    void mountMissing() {
        RawBytes blob = random(20_000);
        String location = calls.post(uploads(other) + "?mount=" + digest(blob) + "&from=" + repository)
                .expect(202)
                .location();
        requireCreated(calls.put(withDigest(location, digest(blob)), blob), blob);
        requireBlob(other, blob);
    }

    @Test
    void postCancel() {
        String location = calls.startUpload(repository);
        calls.delete(location).expect(204);
        calls.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
        calls.delete(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void chunkedMulti() {
        RawBytes blob = random(60_000);
        String location = calls.startUpload(repository);
        for (int at = 0; at < blob.size(); at += 20_000) {
            Reply patched =
                    calls.patchChunk(location, part(blob, at, at + 20_000), at).expect(202);
            assertThat(patched.header("Range")).isEqualTo("0-" + (at + 19_999));
            location = patched.location();
        }
        requireCreated(calls.put(withDigest(location, digest(blob))), blob);
        requireBlob(repository, blob);
    }

    @Test
    void chunkedMultiAndPutChunk() {
        RawBytes blob = random(60_000);
        String location = calls.patchChunk(calls.startUpload(repository), part(blob, 0, 40_000), 0)
                .expect(202)
                .location();
        Calls last = calls.with("Content-Range", "40000-59999");
        requireCreated(last.put(withDigest(location, digest(blob)), part(blob, 40_000, 60_000)), blob);
        requireBlob(repository, blob);
    }

    @Test
    void chunkedOutOfOrder() {
        RawBytes blob = random(60_000);
        String location = calls.startUpload(repository);
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
        requireBlob(repository, blob);
    }

    @Test
    void chunkedOutOfOrderAndPutChunk() {
        RawBytes blob = random(60_000);
        String location = calls.patchChunk(calls.startUpload(repository), part(blob, 0, 20_000), 0)
                .expect(202)
                .location();
        calls.with("Content-Range", "40000-59999")
                .put(withDigest(location, digest(blob)), part(blob, 40_000, 60_000))
                .expectError(416, "BLOB_UPLOAD_INVALID");
        location = calls.get(location).expect(204).location();
        Calls last = calls.with("Content-Range", "20000-59999");
        requireCreated(last.put(withDigest(location, digest(blob)), part(blob, 20_000, 60_000)), blob);
        requireBlob(repository, blob);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=500-1499, 206, bytes 500-1499/, 500, 1500",
        "bytes=500-, 206, bytes 500-1999/, 500, 2000",
        "bytes=-500, 206, bytes 1500-1999/, 1500, 2000",
        "bytes=-5000, 206, bytes 0-1999/, 0, 2000",
        "bytes=1000-5000, 206, bytes 1000-1999/, 1000, 2000",
        "bytes=500-0, 416, bytes */, 0, 0",
        "bytes=2000-5000, 416, bytes */, 0, 0",
        "bytes=-0, 416, bytes */, 0, 0",
        "bytes=0-1;3-4, 200, , 0, 2000",
        "lines=0-1, 200, , 0, 2000",
    })
    void rangeRequests(String range, int status, @Nullable String contentRange, int from, int to) {
        RawBytes blob = random(2000);
        calls.push(repository, blob, digest(blob));
        Reply reply =
                calls.with("Range", range).get(blob(repository, digest(blob))).expect(status);
        if (status != 416) {
            assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(blob.toByteArray(), from, to));
        }
        assertThat(reply.find("Content-Range"))
                .isEqualTo(Optional.ofNullable(contentRange).map(c -> c + 2000));
    }

    @Test
    void rangeOfALargeBlob() {
        RawBytes blob = random(3_000_000);
        calls.push(repository, blob, digest(blob));
        Reply reply = calls.with("Range", "bytes=1000000-2999998").get(blob(repository, digest(blob)));
        assertThat(reply.expect(206).body()).isEqualTo(Arrays.copyOfRange(blob.toByteArray(), 1_000_000, 2_999_999));
        assertThat(reply.header("Content-Range")).isEqualTo("bytes 1000000-2999998/3000000");
    }

    @Test
    void badDigestPostOnly() {
        RawBytes blob = random(1000);
        calls.post(withDigest(uploads(repository), digest(random(999))), blob).expectError(400, "DIGEST_INVALID");
        calls.head(blob(repository, digest(random(999)))).expect(404);
    }

    @Test
    void badDigestPostPut() {
        String location = calls.startUpload(repository);
        calls.put(withDigest(location, digest(random(999))), random(1000)).expectError(400, "DIGEST_INVALID");
        calls.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void badDigestChunked() {
        RawBytes blob = random(40_000);
        String location =
                calls.patchChunk(calls.startUpload(repository), blob, 0).location();
        calls.put(withDigest(location, digest(random(999)))).expectError(400, "DIGEST_INVALID");
    }

    @Test
    void badDigestChunkedAndPutChunk() {
        RawBytes blob = random(40_000);
        String location = calls.patchChunk(calls.startUpload(repository), part(blob, 0, 20_000), 0)
                .location();
        calls.with("Content-Range", "20000-39999")
                .put(withDigest(location, digest(random(999))), part(blob, 20_000, 40_000))
                .expectError(400, "DIGEST_INVALID");
    }

    @Test
    void badDigestStream() {
        String location = calls.patchStreamed(calls.startUpload(repository), random(40_000))
                .location();
        calls.put(withDigest(location, digest(random(999)))).expectError(400, "DIGEST_INVALID");
    }
}
