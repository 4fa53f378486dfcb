package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.memory.Strictness;
import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushImage;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of DESIGN section 6: how many requests a push makes at most, counted by a registry with bearer tokens.
/// Each
/// push is a client of its own, as a command is, with the memory of those before; token requests are counted apart.
class PushBudgetTest {
    private static final RepositoryName TEAM_A = RepositoryName.parse("team-a/app");
    private static final RepositoryName TEAM_B = RepositoryName.parse("team-b/app");

    /// The 401 of the very first contact with a host.
    private static final int FIRST_CONTACT = 1;

    /// On a host that has not proven itself: a look at the tag, and the manifest by digest.
    private static final int UNPROVEN = 2;

    private final TestImages images = new TestImages();
    private final Provenance provenance = new MadeHere();
    private final HostMemory memory = HostMemory.inMemory();
    private final List<MemoryRegistry> opened = new ArrayList<>();

    @AfterEach
    void stop() {
        opened.forEach(MemoryRegistry::close);
    }

    private MemoryRegistry registry(Behaviour behaviour) throws IOException {
        MemoryRegistry registry = MemoryRegistry.start(behaviour);
        opened.add(registry);
        return registry;
    }

    private MemoryRegistry strict() throws IOException {
        MemoryRegistry registry = registry(Behaviour.bearer("ann:secret"));
        for (MediaType type : List.of(MediaType.OCI_MANIFEST, MediaType.OCI_INDEX)) {
            memory.change(registry.host(), facts -> facts.withStrictness(type, Strictness.STRICT, Instant.now()));
        }
        return registry;
    }

    private MemoryRegistry dray() throws IOException {
        return registry(Behaviour.bearer("ann:secret").asDray());
    }

    private PushReport push(MemoryRegistry registry, RepositoryName to, PushImage... pushed) {
        registry.forgetRequests();
        try (RegistryClient client = RegistryClient.open(ClientOptions.builder()
                .credentials(CredentialSource.of(registry.host(), new Credentials.Password("ann", "secret")))
                .provenance(provenance)
                .memory(memory)
                .retries(1, Duration.ofMillis(1))
                .build())) {
            PushReport report =
                    client.push(new PushRequest(registry.host(), to, List.of(pushed)), TransferListener.silent());
            assertThat(report.traffic().totalRequests())
                    .isEqualTo(registry.requests().size());
            assertThat(registry.tokenRequests()).hasSizeLessThanOrEqualTo(1);
            assertThat(registry.incompleteTags()).isEmpty();
            for (PushImage image : pushed) {
                assertThat(image.tags())
                        .allSatisfy(tag -> assertThat(registry.tag(to.value(), tag.value()))
                                .contains(image.root().raw().sha256()));
            }
            return report;
        }
    }

    private static String[] layers(int count, String of) {
        return IntStream.range(0, count).mapToObj(number -> of + number).toArray(String[]::new);
    }

    private Manifest image(int layers) {
        return images.image("app", layers(layers, "layer "));
    }

    private static void requireAtMost(int most, MemoryRegistry registry) {
        assertThat(registry.requests()).hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void onAStrictRegistry(int n) throws IOException {
        MemoryRegistry registry = strict();
        Manifest app = image(n);

        PushReport first = push(registry, TEAM_A, images.tagged(app, "1"));
        assertThat(first.uploaded()).isEqualTo(n + 1);
        requireAtMost(2 * n + 4 + FIRST_CONTACT, registry);

        PushReport again = push(registry, TEAM_A, images.tagged(app, "1"));
        assertThat(again.tags()).noneMatch(PushReport.PushedTag::changed);
        requireAtMost(1, registry);
        assertThat(registry.tokenRequests()).isEmpty();

        PushReport another = push(registry, TEAM_A, images.tagged(app, "2"));
        assertThat(another.tags()).allMatch(PushReport.PushedTag::changed);
        assertThat(another.alreadyThere()).isEqualTo(n + 1);
        requireAtMost(1, registry);

        PushReport retag = push(registry, TEAM_B, images.tagged(app, "1"));
        assertThat(retag.linked()).isEqualTo(n + 1);
        assertThat(retag.traffic().bodyBytesSent()).isEqualTo(app.raw().size());
        requireAtMost(n + 3, registry);

        Manifest next = images.image(
                "next",
                Stream.concat(Stream.of(layers(n, "layer ")), Stream.of("new")).toArray(String[]::new));
        PushReport onBase = push(registry, TEAM_A, images.tagged(next, "3"));
        assertThat(onBase.uploaded()).isEqualTo(2);
        assertThat(onBase.alreadyThere()).isEqualTo(n);
        requireAtMost(6, registry);

        Manifest other = images.image(
                "other",
                Stream.concat(Stream.of(layers(n, "layer ")), Stream.of("newer"))
                        .toArray(String[]::new));
        PushReport elsewhere = push(registry, RepositoryName.parse("team-c/app"), images.tagged(other, "1"));
        assertThat(elsewhere.uploaded()).isEqualTo(2);
        assertThat(elsewhere.linked()).isEqualTo(n);
        requireAtMost(n + 6, registry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void onADrayRegistry(int n) throws IOException {
        MemoryRegistry registry = dray();
        Manifest app = image(n);

        PushReport first = push(registry, TEAM_A, images.tagged(app, "1"));
        assertThat(first.uploaded()).isEqualTo(n + 1);
        requireAtMost(n + 2 + FIRST_CONTACT, registry);

        assertThat(push(registry, TEAM_A, images.tagged(app, "1")).tags()).noneMatch(PushReport.PushedTag::changed);
        requireAtMost(1, registry);

        var _ = push(registry, TEAM_A, images.tagged(app, "2", "3", "4"));
        requireAtMost(1, registry);

        PushReport retag = push(registry, TEAM_B, images.tagged(app, "1"));
        assertThat(retag.linked()).isEqualTo(n + 1);
        assertThat(retag.traffic().bodyBytesSent()).isEqualTo(app.raw().size());
        requireAtMost(1, registry);

        Manifest next = images.image(
                "next",
                Stream.concat(Stream.of(layers(n, "layer ")), Stream.of("new")).toArray(String[]::new));
        PushReport onBase = push(registry, TEAM_A, images.tagged(next, "5"));
        assertThat(onBase.uploaded()).isEqualTo(2);
        requireAtMost(3, registry);

        Manifest other = images.image(
                "other",
                Stream.concat(Stream.of(layers(n, "layer ")), Stream.of("newer"))
                        .toArray(String[]::new));
        PushReport elsewhere = push(registry, RepositoryName.parse("team-c/app"), images.tagged(other, "1"));
        assertThat(elsewhere.linked()).isEqualTo(n);
        requireAtMost(3, registry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void onARegistryThatHasNotProvenItself(int n) throws IOException {
        MemoryRegistry registry = registry(Behaviour.bearer("ann:secret"));
        Manifest app = image(n);

        var _ = push(registry, TEAM_A, images.tagged(app, "1"));
        requireAtMost(2 * n + 4 + FIRST_CONTACT + UNPROVEN, registry);
        assertThat(memory.of(registry.host()).strictness(MediaType.OCI_MANIFEST, Instant.now()))
                .isEqualTo(Strictness.STRICT);

        var _ = push(registry, TEAM_A, images.tagged(app, "2"));
        requireAtMost(1, registry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void anIndexCostsOnePutMoreForEachChild(int n) throws IOException {
        MemoryRegistry registry = strict();
        Manifest one = images.image("one", layers(n, "one "));
        Manifest two = images.image("two", layers(n, "two "));
        Manifest index = images.index(one, two);
        int blobs = 2 * (n + 1);

        assertThat(push(registry, TEAM_A, images.tagged(index, "1")).uploaded()).isEqualTo(blobs);
        requireAtMost(2 * blobs + 2 + 2 + FIRST_CONTACT, registry);

        var _ = push(registry, TEAM_A, images.tagged(index, "1"));
        requireAtMost(1, registry);

        var _ = push(registry, TEAM_A, images.tagged(index, "2"));
        requireAtMost(1, registry);

        assertThat(push(registry, TEAM_B, images.tagged(index, "1")).linked()).isEqualTo(blobs);
        requireAtMost(blobs + 2 + 2, registry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void anIndexIsRetaggedOnADrayRegistryInOneRequest(int n) throws IOException {
        MemoryRegistry registry = dray();
        Manifest index = images.index(images.image("one", layers(n, "one ")), images.image("two", layers(n, "two ")));
        var _ = push(registry, TEAM_A, images.tagged(index, "1"));
        requireAtMost(2 * (n + 1) + 1 + 2 + FIRST_CONTACT, registry);

        PushReport retag = push(registry, TEAM_B, images.tagged(index, "1", "latest"));
        assertThat(retag.linked()).isEqualTo(2L * (n + 1));
        requireAtMost(1, registry);
    }

    @Test
    void imagesThatShareTheirLayersGoIntoAsManyRepositoriesWithOneRequestEach() throws IOException {
        MemoryRegistry registry = dray();
        Manifest app = image(10);
        var _ = push(registry, TEAM_A, images.tagged(app, "1"));
        for (int number = 0; number < 8; number++) {
            var _ = push(registry, RepositoryName.parse("team/app" + number), images.tagged(app, "1"));
            requireAtMost(1, registry);
        }
    }

    @Test
    void whatManyImagesShareIsSentOnce() throws IOException {
        MemoryRegistry registry = strict();
        PushImage[] forty = IntStream.range(0, 40)
                .mapToObj(number -> images.tagged(images.image("image " + number, layers(10, "layer ")), "v" + number))
                .toArray(PushImage[]::new);

        assertThat(push(registry, TEAM_A, forty).uploaded()).isEqualTo(50);
        requireAtMost(2 * 50 + 40 + FIRST_CONTACT, registry);

        var _ = push(registry, TEAM_A, forty);
        requireAtMost(40, registry);

        assertThat(push(registry, TEAM_B, forty).linked()).isEqualTo(50);
        requireAtMost(50 + 40, registry);
    }

    @Test
    void tokensAreFetchedOnceForAllScopesAndServeTheNextCommand() throws IOException {
        MemoryRegistry registry = strict();
        Manifest app = image(3);
        var _ = push(registry, TEAM_A, images.tagged(app, "1"));
        var _ = push(registry, TEAM_B, images.tagged(app, "1"));
        assertThat(registry.tokenRequests())
                .singleElement()
                .asString()
                .contains("scope=repository:team-a/app:pull", "scope=repository:team-b/app:pull,push");

        var _ = push(registry, TEAM_B, images.tagged(app, "2"));
        assertThat(registry.tokenRequests()).isEmpty();
        requireAtMost(1, registry);
    }
}
