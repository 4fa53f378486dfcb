package dev.dray.registry.conformance;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dray.model.Digest;
import dev.dray.model.Digest.Algorithm;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.registry.conformance.DataSet.Document;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The tests of images, indexes and artifacts of the OCI conformance list: pushes, lists, queries, pulls and deletes
/// each data set.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestConformanceTest {
    private final EmbeddedRegistry registry =
            EmbeddedRegistry.configure().withStoreOptions(TestStores.options()).start();
    private final Calls calls = Calls.to(registry.uri());
    private String repository = "";
    private int test;

    @BeforeEach
    void useANewRepository() {
        test++;
        repository = "conformance/images-" + test;
    }

    @AfterAll
    void stop() {
        registry.close();
    }

    private void exercise(DataSet set) {
        push(set);
        requireTags(set.documents().stream()
                .flatMap(document -> document.tag().stream())
                .sorted()
                .toList());
        pull(set);
        requireReferrers(set);
        delete(set);
    }

    private void push(DataSet set) {
        set.blobs().forEach(raw -> calls.push(repository, raw, set.digest(raw)));
        for (Document document : set.documents()) {
            requireStored(document, put(document.digest().toString(), document));
            document.tag().ifPresent(tag -> requireStored(document, put(tag, document)));
        }
    }

    private Reply put(String reference, Document document) {
        return calls.putManifest(repository, reference, document.type(), document.raw());
    }

    private void requireStored(Document document, Reply reply) {
        reply.expect(201).expectDigest(document.digest());
        assertThat(reply.find("OCI-Subject")).isEqualTo(document.subject().map(Digest::toString));
        assertThat(calls.get(reply.location()).expect(200).body())
                .isEqualTo(document.raw().toByteArray());
    }

    private void requireTags(List<String> tags) {
        JsonValue.JsonObject list =
                calls.get("/v2/" + repository + "/tags/list").expect(200).json();
        assertThat(list.text("name")).contains(repository);
        assertThat(list.get("tags")).contains(JsonValue.strings(tags));
    }

    private void pull(DataSet set) {
        for (Document document : set.documents()) {
            requirePulled(document, document.digest().toString());
            document.tag().ifPresent(tag -> requirePulled(document, tag));
        }
        for (RawBytes raw : set.blobs()) {
            calls.head(blob(repository, set.digest(raw))).expect(200);
            assertThat(calls.get(blob(repository, set.digest(raw))).body()).isEqualTo(raw.toByteArray());
        }
    }

    private void requirePulled(Document document, String reference) {
        for (Reply reply :
                List.of(calls.head(manifest(repository, reference)), calls.get(manifest(repository, reference)))) {
            reply.expect(200).expectDigest(document.digest());
            assertThat(reply.header("Content-Type")).isEqualTo(document.type().value());
            assertThat(reply.header("Content-Length"))
                    .isEqualTo(Integer.toString(document.raw().size()));
            assertThat(reply.header("ETag")).isEqualTo("\"" + document.digest() + "\"");
        }
        assertThat(calls.get(manifest(repository, reference)).body())
                .isEqualTo(document.raw().toByteArray());
    }

    private void requireReferrers(DataSet set) {
        set.documents().stream()
                .flatMap(document -> document.subject().stream())
                .distinct()
                .forEach(subject -> {
                    List<String> expected = set.documents().stream()
                            .filter(document -> document.subject().stream().anyMatch(subject::equals))
                            .map(document -> document.digest().toString())
                            .toList();
                    assertThat(referrers(subject, "").stream().flatMap(d -> d.text("digest").stream()))
                            .containsExactlyInAnyOrderElementsOf(expected);
                });
    }

    private List<JsonValue.JsonObject> referrers(Digest subject, String query) {
        Reply reply = calls.get("/v2/%s/referrers/%s%s".formatted(repository, subject, query))
                .expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo(MediaType.OCI_INDEX.value());
        assertThat(reply.json().text("mediaType")).contains(MediaType.OCI_INDEX.value());
        assertThat(reply.json().number("schemaVersion")).hasValue(2);
        assertThat(reply.find("OCI-Filters-Applied").isPresent()).isEqualTo(!query.isEmpty());
        return reply.json().array("manifests").stream()
                .map(value -> value.asObject().orElseThrow())
                .toList();
    }

    private void delete(DataSet set) {
        for (Document document : set.documents().reversed()) {
            document.tag().ifPresent(tag -> {
                calls.delete(manifest(repository, tag)).expect(202);
                calls.head(manifest(repository, tag)).expect(404);
            });
            calls.delete(manifest(repository, document.digest())).expect(202);
            calls.get(manifest(repository, document.digest())).expectError(404, "MANIFEST_UNKNOWN");
        }
        for (RawBytes raw : set.blobs()) {
            calls.delete(blob(repository, set.digest(raw))).expect(202);
            calls.head(blob(repository, set.digest(raw))).expect(404);
        }
    }

    @Test
    void emptyRepositoryHasNoReferrers() {
        assertThat(referrers(RawBytes.utf8("anything").sha256(), "")).isEmpty();
        assertThat(calls.get("/v2/" + repository + "/tags/list").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void image(Algorithm algorithm) {
        exercise(DataSets.image(algorithm));
    }

    @Test
    void imageUncompressed() {
        exercise(DataSets.imageUncompressed());
    }

    @Test
    void largeManifest() {
        exercise(DataSets.largeManifest());
    }

    @ParameterizedTest
    @EnumSource
    void index(Algorithm algorithm) {
        exercise(DataSets.index(algorithm));
    }

    @Test
    void nestedIndex() {
        exercise(DataSets.nestedIndex());
    }

    @Test
    void emptyIndex() {
        exercise(DataSets.emptyIndex());
    }

    @Test
    void artifact() {
        exercise(DataSets.artifact());
    }

    @Test
    void artifactIndex() {
        exercise(DataSets.artifactIndex());
    }

    @Test
    void artifactWithoutLayers() {
        exercise(DataSets.artifactWithoutLayers());
    }

    @Test
    void artifactsWithSubject() {
        exercise(DataSets.artifactsWithSubject());
    }

    @Test
    void indexWithSubject() {
        exercise(DataSets.indexWithSubject());
    }

    @Test
    void missingSubject() {
        exercise(DataSets.missingSubject());
    }

    @Test
    void referrersAreFilteredAndDescribed() {
        DataSet set = DataSets.artifactsWithSubject();
        push(set);
        Digest subject = set.documents().getFirst().digest();
        List<JsonValue.JsonObject> signatures = referrers(subject, "?artifactType=" + DataSets.ARTIFACT);
        assertThat(signatures).hasSize(1);
        assertThat(signatures.getFirst().object("annotations").flatMap(a -> a.text("org.example")))
                .contains("one");
        assertThat(referrers(subject, "?artifactType=application/vnd.example.config"))
                .as("an image without a type is told by its config's")
                .hasSize(1);
        assertThat(referrers(subject, "?artifactType=application/vnd.none")).isEmpty();
    }

    @Test
    void emptyArtifactTypeCountsAsNone() {
        DataSet set = DataSets.artifactsWithEmptyTypes();
        push(set);
        List<JsonValue.JsonObject> listed = referrers(set.documents().getFirst().digest(), "");
        assertThat(listed)
                .extracting(found -> found.text("mediaType").orElseThrow(), found -> found.text("artifactType"))
                .containsExactlyInAnyOrder(
                        tuple(MediaType.OCI_INDEX.value(), Optional.empty()),
                        tuple(MediaType.OCI_MANIFEST.value(), Optional.of("application/vnd.example.config")));
    }

    @Test
    void listOfReferrersIsWrittenByteForByteAsItAlwaysWas() {
        DataSet set = DataSets.indexWithSubject();
        push(set);
        Document referrer = set.documents().getLast();
        assertThat(calls.get("/v2/%s/referrers/%s"
                                .formatted(repository, referrer.subject().orElseThrow()))
                        .body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                        .formatted(
                                MediaType.OCI_INDEX,
                                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                                        .formatted(
                                                MediaType.OCI_INDEX,
                                                referrer.digest(),
                                                referrer.raw().size())));
    }

    @Test
    void dataField() {
        exercise(DataSets.dataField());
    }

    @Test
    void nonDistributableLayers() {
        exercise(DataSets.nonDistributableLayers());
    }

    @Test
    void customFields() {
        exercise(DataSets.customFields());
    }

    @Test
    void noLayers() {
        exercise(DataSets.noLayers());
    }

    @ParameterizedTest
    @EnumSource
    void tagParam(Algorithm algorithm) {
        DataSet set = DataSets.index(algorithm);
        push(set);
        Document document = set.documents().getLast();
        List<String> tags = IntStream.range(0, 12).mapToObj(i -> "tag-" + i).toList();
        Reply reply = put(document.digest() + "?tag=" + String.join("&tag=", tags), document);
        requireStored(document, reply);
        assertThat(reply.header("OCI-Tag")).isEqualTo(String.join(", ", tags));
        tags.forEach(tag -> requirePulled(document, tag));
        calls.delete(manifest(repository, document.digest())).expect(202);
        tags.forEach(tag -> calls.head(manifest(repository, tag)).expect(404));
    }

    @Test
    void badDigestImage() {
        DataSet set = DataSets.image(Algorithm.SHA256);
        set.blobs().forEach(raw -> calls.push(repository, raw));
        Digest other = RawBytes.utf8("other").sha256();
        put(other.toString(), set.documents().getFirst()).expectError(400, "DIGEST_INVALID");
        calls.head(manifest(repository, other)).expect(404);
    }

    @Test
    void missingManifest() {
        calls.get(manifest(repository, "absent")).expectError(404, "MANIFEST_UNKNOWN");
        calls.get(manifest(repository, RawBytes.utf8("absent").sha256())).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void invalidDigestFormat() {
        for (String digest : List.of("sha256:baddigeststring", "sha256:" + "A".repeat(64), "md5:abc", ":", "sha256:")) {
            String location = calls.startUpload(repository);
            calls.put(withDigest(location, digest), RawBytes.utf8("x")).expectError(400, "DIGEST_INVALID");
            calls.get(blob(repository, digest)).expectError(400, "DIGEST_INVALID");
            calls.get(manifest(repository, digest)).expectError(400, "DIGEST_INVALID");
            calls.delete(manifest(repository, digest)).expectError(400, "DIGEST_INVALID");
            calls.delete(blob(repository, digest)).expectError(400, "DIGEST_INVALID");
            calls.putManifest(repository, digest, MediaType.OCI_INDEX, RawBytes.utf8("{}"))
                    .expectError(400, "DIGEST_INVALID");
        }
    }
}
