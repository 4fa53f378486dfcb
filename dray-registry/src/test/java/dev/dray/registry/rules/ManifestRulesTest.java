package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestRulesTest {
    private final EmbeddedRegistry registry =
            EmbeddedRegistry.configure().withStoreOptions(TestStores.options()).start();
    private final Calls calls = Calls.to(registry.uri());
    private String repository = "";
    private int test;

    @BeforeEach
    void useANewRepository() {
        test++;
        repository = "rules/r" + test;
    }

    @AfterAll
    void stop() {
        registry.close();
    }

    private static String descriptor(String mediaType, Digest digest, String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1%s}".formatted(mediaType, digest, more);
    }

    private static Digest digest(String content) {
        return RawBytes.utf8(content).sha256();
    }

    private static RawBytes image(String config, String... layers) {
        return RawBytes.utf8("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(MediaType.OCI_MANIFEST, config, String.join(",", layers)));
    }

    private static RawBytes index(String... manifests) {
        return RawBytes.utf8("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaType.OCI_INDEX, String.join(",", manifests)));
    }

    private static String layer(Digest digest) {
        return descriptor(MediaType.OCI_LAYER.value(), digest, "");
    }

    private static String config(Digest digest) {
        return descriptor(MediaType.OCI_CONFIG.value(), digest, "");
    }

    private static List<String> details(Reply reply) {
        return reply.errors().stream()
                .peek(error -> assertThat(error.text("code")).contains("MANIFEST_BLOB_UNKNOWN"))
                .map(error -> error.text("detail").orElseThrow())
                .toList();
    }

    @Test
    void allMissingBlobsAreListedOnceEach() {
        Digest there = calls.push(repository, RawBytes.utf8("there"));
        RawBytes raw = image(
                config(digest("config")), layer(digest("a")), layer(there), layer(digest("b")), layer(digest("a")));
        Reply reply = calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, raw)
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
        assertThat(details(reply))
                .containsExactlyInAnyOrder(
                        digest("config").toString(),
                        digest("a").toString(),
                        digest("b").toString());
        calls.head(manifest(repository, "v1")).expect(404);
        calls.head(manifest(repository, raw.sha256())).expect(404);
    }

    @Test
    void rejectedManifestLeavesTheTagWhereItWas() {
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, index()).expect(201);
        calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, image(config(digest("none"))))
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
        calls.head(manifest(repository, "v1")).expect(200).expectDigest(index().sha256());
    }

    @Test
    void childManifestsMustBeThereToo() {
        RawBytes child = index();
        RawBytes parent = index(descriptor(MediaType.OCI_INDEX.value(), child.sha256(), ",\"x\":1"));
        Reply reply = calls.putManifest(repository, "v1", MediaType.OCI_INDEX, parent)
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
        assertThat(details(reply)).containsExactly(child.sha256().toString());
        calls.putManifest(repository, child.sha256().toString(), MediaType.OCI_INDEX, child)
                .expect(201);
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, parent).expect(201);
    }

    @Test
    void blobsOfAnotherRepositoryDoNotCount() {
        Digest elsewhere = calls.push(repository + "/other", RawBytes.utf8("elsewhere"));
        calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, image(config(elsewhere)))
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void nonDistributableLayerWithoutUrlsMustBeThere() {
        Digest config = calls.push(repository, RawBytes.utf8("config"));
        String type = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
        String urls = ",\"urls\":[\"https://example.invalid/l\"]";
        calls.putManifest(
                        repository,
                        "v1",
                        MediaType.OCI_MANIFEST,
                        image(config(config), descriptor(type, digest("none"), "")))
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
        calls.putManifest(
                        repository,
                        "v1",
                        MediaType.OCI_MANIFEST,
                        image(config(config), descriptor(type, digest("none"), urls)))
                .expect(201);
        calls.putManifest(
                        repository,
                        "v2",
                        MediaType.OCI_MANIFEST,
                        image(config(config), descriptor(MediaType.OCI_LAYER.value(), digest("none"), urls)))
                .expectError(400, "MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void documentThatTwoReadersReadTwoWaysIsRefusedAsInCve202141190() {
        RawBytes ambiguous = RawBytes.utf8(
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[],\"manifests\":[]}".formatted(config(digest("c"))));
        calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, ambiguous).expectError(400, "MANIFEST_INVALID");
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, ambiguous).expectError(400, "MANIFEST_INVALID");
        calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, index()).expectError(400, "MANIFEST_INVALID");
    }

    @Test
    void badDocumentsAreErrorsOfTheClient() {
        for (String text :
                List.of("", "{", "[]", "null", "{}", "{\"schemaVersion\":1}", "\u0000", "{\"a\":1,\"a\":2}")) {
            calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, RawBytes.utf8(text))
                    .expectError(400, "MANIFEST_INVALID");
        }
        calls.putManifest(repository, "v1", MediaType.OCTET_STREAM, index()).expectError(400, "MANIFEST_INVALID");
        calls.with("Content-Type", "not a type")
                .put(manifest(repository, "v1"), index())
                .expectError(400, "MANIFEST_INVALID");
        calls.put(manifest(repository, "v1"), index()).expect(201);
    }

    @Test
    void manifestBeyondFourMebibytesIsTooLarge() {
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, RawBytes.copyOf(new byte[(4 << 20) + 1]))
                .expectError(413, "SIZE_INVALID");
    }

    @Test
    void malformedTagsAreRefused() {
        calls.putManifest(repository, "-v1", MediaType.OCI_INDEX, index()).expectError(400, "MANIFEST_INVALID");
        calls.putManifest(repository, index().sha256() + "?tag=..", MediaType.OCI_INDEX, index())
                .expectError(400, "MANIFEST_INVALID");
        String many = String.join(
                "&tag=", IntStream.range(0, 101).mapToObj(i -> "t" + i).toList());
        calls.putManifest(repository, index().sha256() + "?tag=" + many, MediaType.OCI_INDEX, index())
                .expectError(414, "SIZE_INVALID");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, index()).expect(201);
        String tag = calls.get(manifest(repository, "v1")).header("ETag");
        Reply known =
                calls.with("If-None-Match", tag).get(manifest(repository, "v1")).expect(304);
        assertThat(known.body()).isEmpty();
        calls.with("If-None-Match", "\"other\"").get(manifest(repository, "v1")).expect(200);
    }

    @Test
    void deletingAManifestByDigestDropsItsTags() {
        for (String tag : List.of("a", "b")) {
            calls.putManifest(repository, tag, MediaType.OCI_INDEX, index()).expect(201);
        }
        calls.delete(manifest(repository, index().sha256())).expect(202);
        calls.head(manifest(repository, "a")).expect(404);
        assertThat(calls.get("/v2/" + repository + "/tags/list").json().array("tags"))
                .isEmpty();
    }

    @Test
    void blobThatAManifestNamesStaysUntilTheManifestIsGone() {
        Digest config = calls.push(repository, RawBytes.utf8("config"));
        RawBytes raw = image(config(config));
        calls.putManifest(repository, "v1", MediaType.OCI_MANIFEST, raw).expect(201);
        calls.delete(blob(repository, config)).expectError(409, "UNSUPPORTED");
        calls.delete(manifest(repository, raw.sha256())).expect(202);
        calls.delete(blob(repository, config)).expect(202);
        calls.delete(blob(repository, config)).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void tagsComeInPagesInAsciiOrder() {
        for (String tag : List.of("b", "a", "C", "_", "1")) {
            calls.putManifest(repository, tag, MediaType.OCI_INDEX, index()).expect(201);
        }
        String list = "/v2/" + repository + "/tags/list";
        assertThat(tags(calls.get(list))).containsExactly("1", "C", "_", "a", "b");
        Reply first = calls.get(list + "?n=2");
        assertThat(tags(first)).containsExactly("1", "C");
        assertThat(first.header("Link")).isEqualTo("<" + list + "?n=2&last=C>; rel=\"next\"");
        assertThat(tags(calls.get(list + "?n=2&last=_"))).containsExactly("a", "b");
        assertThat(calls.get(list + "?n=2&last=_").find("Link")).isEmpty();
        assertThat(tags(calls.get(list + "?last=B"))).containsExactly("C", "_", "a", "b");
        Reply none = calls.get(list + "?n=0");
        assertThat(tags(none)).isEmpty();
        assertThat(none.find("Link")).isEmpty();
        calls.get(list + "?n=-1").expectError(400, "UNSUPPORTED");
        calls.get(list + "?n=x").expectError(400, "UNSUPPORTED");
    }

    @Test
    void hugePageIsCappedAsInCve20232253() {
        calls.putManifest(repository, "v1", MediaType.OCI_INDEX, index()).expect(201);
        for (String path : List.of("/v2/" + repository + "/tags/list", "/v2/_catalog")) {
            calls.get(path + "?n=2147483647").expect(200);
            calls.get(path + "?n=99999999999999999999999").expect(200);
        }
    }

    private static List<String> tags(Reply reply) {
        return reply.expect(200).json().array("tags").stream()
                .map(tag -> tag.text().orElseThrow())
                .toList();
    }
}
