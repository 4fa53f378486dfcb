package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The most requests that a push may make, counted by a strict registry with bearer tokens; token requests are counted
/// separately, and the first contact with a host costs one request more.
class PushBudgetTest {
    private static final RepositoryName TEAM_A = RepositoryName.parse("team-a/app");
    private static final RepositoryName TEAM_B = RepositoryName.parse("team-b/app");
    private static final int FIRST_CONTACT = 1;
    private static final int IMAGES = 40;
    private static final String[] TEN_LAYERS =
            IntStream.range(0, 10).mapToObj(number -> "layer " + number).toArray(String[]::new);

    private final TestImages images = new TestImages();

    private static RegistryClient client(MemoryRegistry registry, Provenance provenance) {
        return RegistryClient.open(ClientOptions.builder()
                .credentials(CredentialSource.of(registry.host(), new Credentials.Password("ann", "secret")))
                .provenance(provenance)
                .retries(1, Duration.ofMillis(1))
                .build());
    }

    private static MemoryRegistry registry() throws IOException {
        return MemoryRegistry.start(Behaviour.bearer("ann:secret"));
    }

    private static PushReport push(
            RegistryClient client, MemoryRegistry registry, RepositoryName to, List<PushImage> images) {
        return client.push(new PushRequest(registry.host(), to, images), TransferListener.silent());
    }

    @Test
    void retagOfFiveLayersToAnotherRepositoryTakesEightRequests() throws IOException {
        Manifest app = images.image("app", "one", "two", "three", "four", "five");
        Provenance memory = Provenance.inMemory();
        try (MemoryRegistry registry = registry()) {
            try (RegistryClient first = client(registry, memory)) {
                var _ = push(first, registry, TEAM_A, List.of(images.tagged(app, "1")));
            }
            registry.forgetRequests();
            try (RegistryClient second = client(registry, memory)) {
                PushReport report = push(second, registry, TEAM_B, List.of(images.tagged(app, "1")));

                assertThat(report.linked()).isEqualTo(6);
                assertThat(report.uploaded()).isZero();
                assertThat(report.traffic().bodyBytesSent()).isEqualTo(app.raw().size());
                assertThat(report.traffic().totalRequests())
                        .isEqualTo(registry.requests().size());
            }
            assertThat(registry.requests()).hasSize(8);
            assertThat(registry.tokenRequests()).hasSize(1);
            assertThat(registry.tag("team-b/app", "1")).contains(app.raw().sha256());
        }
    }

    @Test
    void fortyNewImagesOverTenLayersSendEveryBlobOnce() throws IOException {
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            PushReport report = push(client, registry, TEAM_A, forty());

            int blobs = IMAGES + TEN_LAYERS.length;
            assertThat(report.uploaded()).isEqualTo(blobs);
            assertThat(registry.requests()).hasSizeLessThanOrEqualTo(2 * blobs + IMAGES + 3);
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }

    @Test
    void fortyImagesThatLieInAnotherRepositoryAreLinkedByOneRequestEach() throws IOException {
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            var _ = push(client, registry, TEAM_A, forty());
            registry.forgetRequests();

            PushReport report = push(client, registry, TEAM_B, forty());

            int blobs = IMAGES + TEN_LAYERS.length;
            assertThat(report.linked()).isEqualTo(blobs);
            assertThat(registry.requests()).hasSizeLessThanOrEqualTo(blobs + IMAGES + 3);
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }

    @Test
    void identicalPushTakesOneRequestForEachTag() throws IOException {
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            var _ = push(client, registry, TEAM_A, forty());
            registry.forgetRequests();

            PushReport report = push(client, registry, TEAM_A, forty());

            assertThat(registry.requests()).hasSize(IMAGES).allMatch(line -> line.startsWith("HEAD "));
            assertThat(report.alreadyThere()).isEqualTo(IMAGES + TEN_LAYERS.length);
            assertThat(report.tags()).noneMatch(PushReport.PushedTag::changed);
        }
    }

    @Test
    void anotherTagOnAnImageThatIsThereTakesThreeRequests() throws IOException {
        Manifest app = images.image("app", "one", "two", "three");
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            var _ = push(client, registry, TEAM_A, List.of(images.tagged(app, "1")));
            registry.forgetRequests();

            PushReport report = push(client, registry, TEAM_A, List.of(images.tagged(app, "2")));

            assertThat(registry.requests()).hasSize(3);
            assertThat(report.tags())
                    .singleElement()
                    .satisfies(tag -> assertThat(tag.changed()).isTrue());
        }
    }

    @Test
    void aNewLayerOnAKnownBaseAsksForTheBaseAndUploadsTheRest() throws IOException {
        Manifest base = images.image("base", "one", "two", "three");
        Manifest next = images.image("next", "one", "two", "three", "four");
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            var _ = push(client, registry, TEAM_A, List.of(images.tagged(base, "1")));
            registry.forgetRequests();

            PushReport report = push(client, registry, TEAM_A, List.of(images.tagged(next, "2")));

            int headOfTag = 1;
            int headsOfBase = 3;
            int uploads = 2 * 2;
            assertThat(registry.requests()).hasSize(headOfTag + headsOfBase + uploads + 1);
            assertThat(report.alreadyThere()).isEqualTo(3);
            assertThat(report.uploaded()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNotKnownToBeNewIsAskedForFirst() throws IOException {
        Manifest app = images.image("app", "one", "two");
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, Provenance.inMemory())) {
            images.blobDigests().forEach(digest -> registry.addBlob("team-a/app", images.bytes(digest)));

            PushReport report = push(client, registry, TEAM_A, List.of(images.tagged(app, "1")));

            assertThat(registry.requests()).hasSize(FIRST_CONTACT + 3 + 1);
            assertThat(report.alreadyThere()).isEqualTo(3);
        }
    }

    @Test
    void aDrayRegistryTakesASmallBlobInOneRequest() throws IOException {
        Manifest app = images.image("app", "one", "two");
        try (MemoryRegistry registry =
                        MemoryRegistry.start(Behaviour.bearer("ann:secret").asDray());
                RegistryClient client = client(registry, new MadeHere())) {
            PushReport report = push(client, registry, TEAM_A, List.of(images.tagged(app, "1")));

            assertThat(report.uploaded()).isEqualTo(3);
            assertThat(registry.requests()).hasSize(FIRST_CONTACT + 3 + 1);
        }
    }

    @Test
    void anIndexPutsItsChildrenFirstAndSharedBlobsOnce() throws IOException {
        Manifest one = images.image("one", "shared", "one");
        Manifest two = images.image("two", "shared", "two");
        Manifest index = images.index(one, two);
        try (MemoryRegistry registry = registry();
                RegistryClient client = client(registry, new MadeHere())) {
            PushReport report = push(client, registry, TEAM_A, List.of(images.tagged(index, "1", "latest")));

            assertThat(report.uploaded()).isEqualTo(5);
            assertThat(registry.requests()).hasSize(FIRST_CONTACT + 5 * 2 + 2 + 2);
            assertThat(registry.tag("team-a/app", "latest"))
                    .contains(index.raw().sha256());
        }
    }

    private List<PushImage> forty() {
        List<PushImage> forty = new ArrayList<>();
        for (int number = 0; number < IMAGES; number++) {
            forty.add(images.tagged(images.image("image " + number, TEN_LAYERS), "v" + number));
        }
        return forty;
    }
}
