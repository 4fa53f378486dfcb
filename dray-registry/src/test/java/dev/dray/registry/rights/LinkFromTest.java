package dev.dray.registry.rights;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Authenticator;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `Dray-Link-From` links what the caller may pull, from where they say, and nothing else.
class LinkFromTest {
    private static final String LINK_FROM = "Dray-Link-From";
    private static final RawBytes CONFIG = RawBytes.utf8("{}");
    private static final RawBytes LAYER = RawBytes.utf8("a layer");
    private static final RawBytes PRIVATE = RawBytes.utf8("a private layer");
    private static final RawBytes IMAGE = image(LAYER);
    private static final RawBytes WITH_PRIVATE = image(LAYER, PRIVATE);

    private final Grants grants = new Grants();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final EmbeddedRegistry registry = EmbeddedRegistry.configure()
            .withAdmission(Admission.of(Authenticator.ofPasswords(Map.of("ann", "a", "bob", "b")), grants))
            .withListener(events::add)
            .start();
    private final Calls ann = Calls.to(registry.uri()).as("ann", "a");
    private final Calls bob = Calls.to(registry.uri()).as("bob", "b");

    private static RawBytes image(RawBytes... layers) {
        return Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("config", descriptor(MediaType.OCI_CONFIG, CONFIG))
                .put(
                        "layers",
                        JsonValue.array(Stream.of(layers)
                                .map(layer -> descriptor(MediaType.OCI_LAYER_GZIP, layer))
                                .toList()))
                .build());
    }

    private static RawBytes index(RawBytes... children) {
        return Json.write(JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_INDEX.value())
                .put(
                        "manifests",
                        JsonValue.array(Stream.of(children)
                                .map(child -> descriptor(MediaType.OCI_MANIFEST, child))
                                .toList()))
                .build());
    }

    private static JsonValue descriptor(MediaType type, RawBytes raw) {
        return Descriptor.of(type, raw.sha256(), raw.size()).toJson();
    }

    @BeforeEach
    void fillTheSources() {
        grants.give("ann push source", "ann pull source", "ann push secret", "ann pull secret");
        ann.push("source", CONFIG);
        ann.push("source", LAYER);
        ann.putManifest("source", "1", MediaType.OCI_MANIFEST, IMAGE).expect(201);
        ann.push("secret", PRIVATE);
        grants.give("bob push target", "bob pull target", "bob pull source");
        events.clear();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Reply put(String sources, MediaType type, RawBytes raw) {
        return bob.with(LINK_FROM, sources).putManifest("target", "1", type, raw);
    }

    private void requireMissing(Reply reply, RawBytes... contents) {
        reply.expectError(400, "MANIFEST_BLOB_UNKNOWN");
        for (RawBytes content : contents) {
            assertThat(reply.text()).containsOnlyOnce("\"detail\":\"" + content.sha256() + "\"");
        }
        assertThat(reply.text().split("MANIFEST_BLOB_UNKNOWN", -1)).hasSize(contents.length + 1);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void oneRequestBringsAnImageIntoAnotherRepository() {
        put("source", MediaType.OCI_MANIFEST, IMAGE).expect(201).expectDigest(IMAGE.sha256());
        bob.get(blob("target", LAYER.sha256())).expect(200);
        bob.get(manifest("target", "1")).expect(200);
        assertThat(events)
                .filteredOn(RegistryEvent.BlobMounted.class::isInstance)
                .extracting(event -> ((RegistryEvent.BlobMounted) event).source())
                .containsOnly(RepositoryName.parse("source"))
                .hasSize(2);
    }

    @Test
    void oneRequestBringsAnIndexWithItsChildren() {
        put("source", MediaType.OCI_INDEX, index(IMAGE)).expect(201);
        bob.get(manifest("target", IMAGE.sha256())).expect(200);
        bob.get(blob("target", LAYER.sha256())).expect(200);
    }

    @Test
    void aChildThatCannotBeCompleteIsMissingAndLeavesNothing() {
        grants.give("ann push mixed", "ann pull mixed", "bob pull mixed");
        ann.push("mixed", CONFIG);
        ann.push("mixed", LAYER);
        ann.push("mixed", PRIVATE);
        ann.putManifest("mixed", "1", MediaType.OCI_MANIFEST, WITH_PRIVATE).expect(201);
        RawBytes both = index(IMAGE, WITH_PRIVATE);

        requireMissing(put("source", MediaType.OCI_INDEX, both), WITH_PRIVATE);
        bob.get(manifest("target", IMAGE.sha256())).expect(404);
        bob.head(blob("target", LAYER.sha256())).expect(404);
        put("source, mixed", MediaType.OCI_INDEX, both).expect(201);
    }

    @Test
    void withoutTheHeaderNothingIsLinked() {
        Reply refused = bob.putManifest("target", "1", MediaType.OCI_MANIFEST, IMAGE);
        requireMissing(refused, CONFIG, LAYER);
        bob.head(blob("target", LAYER.sha256())).expect(404);
    }

    @Test
    void aSourceThatMayNotBeReadIsLikeOneThatIsNotThere() {
        requireMissing(put("source, secret", MediaType.OCI_MANIFEST, WITH_PRIVATE), PRIVATE);
        Reply absent = put("source, nowhere", MediaType.OCI_MANIFEST, WITH_PRIVATE);
        requireMissing(absent, PRIVATE);
        bob.head(blob("target", PRIVATE.sha256())).expect(404);
    }

    @Test
    void aRefusedManifestChangesNothing() {
        requireMissing(put("source", MediaType.OCI_MANIFEST, WITH_PRIVATE), PRIVATE);
        bob.head(blob("target", CONFIG.sha256())).expect(404);
        bob.head(blob("target", LAYER.sha256())).expect(404);
        bob.head(manifest("target", "1")).expect(404);
        assertThat(events).noneMatch(RegistryEvent.BlobMounted.class::isInstance);
    }

    @Test
    void aRightThatWasTakenBetweenTwoRequestsIsGoneAtOnce() {
        put("source", MediaType.OCI_MANIFEST, IMAGE).expect(201);
        grants.give("bob push other");
        grants.take("bob pull source");
        Reply refused = bob.with(LINK_FROM, "source").putManifest("other", "1", MediaType.OCI_MANIFEST, IMAGE);
        requireMissing(refused, CONFIG, LAYER);
    }

    /// A robot with every right pushes a stranger's manifest: what it does not name as a source is not linked.
    @Test
    void aStrangersManifestDoesNotMakeARobotPublishAPrivateLayer() {
        grants.give("bob pull secret");
        requireMissing(put("source", MediaType.OCI_MANIFEST, WITH_PRIVATE), PRIVATE);
        bob.head(blob("target", PRIVATE.sha256())).expect(404);
    }

    @Test
    void moreThanEightSourcesOrABadNameAreRefused() {
        String nine = String.join(
                ",", IntStream.range(0, 9).mapToObj(number -> "source" + number).toList());
        put(nine, MediaType.OCI_MANIFEST, IMAGE).expectError(400, "NAME_INVALID");
        put("../source", MediaType.OCI_MANIFEST, IMAGE).expectError(400, "NAME_INVALID");
        put("source,source,,source", MediaType.OCI_MANIFEST, IMAGE).expect(201);
    }

    @Test
    void tagsGoWithTheManifest() {
        Digest digest = IMAGE.sha256();
        Reply reply = bob.with(LINK_FROM, "source")
                .with("Content-Type", MediaType.OCI_MANIFEST.value())
                .put(manifest("target", digest) + "?tag=1&tag=2", IMAGE)
                .expect(201);
        assertThat(reply.header("OCI-Tag")).isEqualTo("1, 2");
        bob.head(manifest("target", "2")).expect(200).expectDigest(digest);
    }

    @Test
    void everyReplySaysWhatTheRegistryCanDo() {
        assertThat(bob.get("/v2/_oci/ext/discover").expect(200).text()).contains("\"_dray/link-from\"");
        Reply anonymous = Calls.to(registry.uri()).get("/v2/_oci/ext/discover").expect(401);
        assertThat(anonymous.header("Dray-Version")).isEqualTo("1");
        assertThat(bob.get("/v2/nothing").expect(404).header("Dray-Version")).isEqualTo("1");
    }
}
