package dev.dray.registry.mirror;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorReadTest {
    private static final String HUB = "docker.io/library/app";
    private static final RawBytes CONFIG = RawBytes.utf8("{\"author\":\"reader\"}");
    private static final RawBytes LAYER = random(200_000);

    @TempDir
    private Path folder = Path.of("");

    private PulledImages images;
    private Calls calls;

    private static RawBytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return RawBytes.copyOf(bytes);
    }

    @BeforeEach
    void start() throws IOException {
        images = PulledImages.serve(folder);
        calls = images.calls();
    }

    @AfterEach
    void stop() {
        images.close();
    }

    private Digest image() {
        return images.image(HUB, Optional.of("1"), CONFIG, LAYER);
    }

    @Test
    void manifestsAndBlobsAreTheBytesThatWerePulled() {
        Digest image = image();

        Reply reply = calls.get(manifest("library/app", "1")).expect(200).expectDigest(image);
        assertThat(reply.header("Content-Type")).isEqualTo(MediaType.OCI_MANIFEST.value());
        assertThat(RawBytes.copyOf(reply.body()).sha256()).isEqualTo(image);
        assertThat(calls.get(manifest("library/app", image)).body()).isEqualTo(reply.body());
        for (RawBytes content : List.of(CONFIG, LAYER)) {
            String path = blob("library/app", content.sha256());
            assertThat(calls.get(path)
                            .expect(200)
                            .expectDigest(content.sha256())
                            .body())
                    .isEqualTo(content.toByteArray());
            assertThat(calls.head(path).expect(200).header("Content-Length")).isEqualTo("" + content.size());
        }
        calls.with("If-None-Match", "\"" + image + "\"")
                .get(manifest("library/app", "1"))
                .expect(304);
    }

    @Test
    void partOfABlobIsGiven() {
        image();
        for (RawBytes content : List.of(CONFIG, LAYER)) {
            String path = blob("library/app", content.sha256()) + "?ns=docker.io";
            Reply part = calls.with("Range", "bytes=3-9").get(path).expect(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content.toByteArray(), 3, 10));
            assertThat(part.header("Content-Range")).isEqualTo("bytes 3-9/" + content.size());
            calls.with("Range", "bytes=900000-").get(path).expectError(416, "SIZE_INVALID");
        }
    }

    @Test
    void tagsKeepTheNameThatWasAskedForThroughAllPages() {
        Digest image = image();
        for (String tag : List.of("2", "3", "4", "5")) {
            images.image(HUB, Optional.of(tag), CONFIG, LAYER);
        }
        Reply first = calls.get("/v2/library/app/tags/list?n=2&ns=docker.io").expect(200);
        assertThat(first.json().text("name")).contains("library/app");
        assertThat(texts(first, "tags")).containsExactly("1", "2");
        Reply second = calls.get(next(first)).expect(200);
        assertThat(texts(second, "tags")).containsExactly("3", "4");
        assertThat(next(second)).isEqualTo("/v2/library/app/tags/list?n=2&last=4&ns=docker.io");
        assertThat(texts(calls.get(next(second)), "tags")).containsExactly("5");
        assertThat(calls.get("/v2/nothing/tags/list")
                        .expectError(404, "NAME_UNKNOWN")
                        .text())
                .doesNotContain(image.toString());
    }

    @Test
    void catalogHasFullNamesThatCanBeAskedForAsTheyAre() {
        image();
        Digest local = images.image("localhost:5000/team/app", "1", "local");

        Reply first = calls.get("/v2/_catalog?n=1").expect(200);
        assertThat(texts(first, "repositories")).containsExactly(HUB);
        Reply second = calls.get(next(first)).expect(200);
        assertThat(texts(second, "repositories")).containsExactly("localhost:5000/team/app");
        assertThat(texts(calls.get("/v2/_catalog?last=localhost:5000/team/app"), "repositories"))
                .isEmpty();
        calls.get(manifest("localhost:5000/team/app", "1")).expectDigest(local);
    }

    @Test
    void referrersAreListedAndNeverNotFound() {
        Digest subject = image();
        Digest referrer = images.manifest(HUB, Optional.empty(), """
            {"schemaVersion":2,"mediaType":"%s","artifactType":"a/b","config":%s,"layers":[],
             "subject":{"mediaType":"%s","digest":"%s","size":3}}\
            """.formatted(
                        MediaType.OCI_MANIFEST,
                        PulledImages.descriptor(MediaType.OCI_EMPTY, CONFIG),
                        MediaType.OCI_MANIFEST,
                        subject));

        Reply list = calls.get("/v2/library/app/referrers/" + subject + "?ns=docker.io&artifactType=a/b");
        assertThat(list.expect(200).json().array("manifests")).hasSize(1);
        assertThat(list.text()).contains(referrer.toString());
        assertThat(list.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(calls.get("/v2/no/such/referrers/" + subject)
                        .expect(200)
                        .json()
                        .array("manifests"))
                .isEmpty();
    }

    @Test
    void indexIsServedThoughSomeOfItsImagesAreNotThere() {
        Digest there = image();
        RawBytes absent = RawBytes.utf8("a manifest of another platform");
        Digest index = images.manifest(HUB, Optional.of("all"), """
            {"schemaVersion":2,"mediaType":"%s","manifests":[
             {"mediaType":"%s","digest":"%s","size":3},%s]}\
            """.formatted(
                        MediaType.OCI_INDEX,
                        MediaType.OCI_MANIFEST,
                        there,
                        PulledImages.descriptor(MediaType.OCI_MANIFEST, absent)));

        calls.get(manifest("library/app", "all")).expect(200).expectDigest(index);
        calls.get(manifest("library/app", there)).expect(200);
        calls.get(manifest("library/app", absent.sha256())).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void imageOfWhichABlobIsDamagedIsNotThereAtAllSoThatClientsTurnElsewhere() {
        Digest image = image();
        images.store().catalog().change(transaction -> transaction.blobs().markDamaged(LAYER.sha256()));

        for (Object reference : List.of("1", image)) {
            calls.get(manifest("library/app", reference)).expectError(404, "MANIFEST_UNKNOWN");
            calls.head(manifest("library/app", reference)).expect(404);
        }
        calls.get(blob("library/app", LAYER.sha256())).expectError(404, "BLOB_UNKNOWN");
        calls.head(blob("library/app", LAYER.sha256())).expect(404);
        calls.get(blob("library/app", CONFIG.sha256())).expect(200);
    }

    @Test
    void imageOfWhichABlobIsNotLinkedIsNotThere() {
        Digest image = image();
        images.store()
                .catalog()
                .change(transaction ->
                        transaction.repository(new RepositoryName(HUB)).links().remove(LAYER.sha256()));

        calls.get(manifest("library/app", image)).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void blobWhoseFileIsGoneIsNotThereAndTheLogSaysIt() throws IOException {
        image();
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        calls.get(blob("library/app", LAYER.sha256())).expectError(404, "BLOB_UNKNOWN");
        assertThat(images.failures()).singleElement().asString().contains(LAYER.sha256() + " of " + HUB);
    }

    private static List<String> texts(Reply reply, String key) {
        return reply.expect(200).json().array(key).stream()
                .map(JsonValue::text)
                .map(Optional::orElseThrow)
                .toList();
    }

    private static String next(Reply reply) {
        String link = reply.header("Link");
        return link.substring(1, link.indexOf('>'));
    }
}
