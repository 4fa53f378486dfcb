package dev.dray.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.memory.HostMemory;
import dev.dray.client.memory.Strictness;
import dev.dray.client.push.Provenance;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.PushRequest;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.MemoryRegistry.Checks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How far a registry is believed: no tag ever points to an image of which something is missing.
class PushTrustTest {
    private static final RepositoryName TEAM_A = RepositoryName.parse("team-a/app");
    private static final RepositoryName TEAM_B = RepositoryName.parse("team-b/app");

    private final TestImages images = new TestImages();
    private final HostMemory memory = HostMemory.inMemory();
    private final Provenance provenance = new MadeHere();
    private final Manifest base = images.image("base", "one", "two", "three");
    private final Manifest next = images.image("next", "one", "two", "three", "four");

    private PushReport push(MemoryRegistry registry, RepositoryName to, Manifest root, String tag) {
        return push(registry, to, root, tag, provenance);
    }

    private PushReport push(MemoryRegistry registry, RepositoryName to, Manifest root, String tag, Provenance guide) {
        try (RegistryClient client = RegistryClient.open(ClientOptions.builder()
                .memory(memory)
                .retries(0, Duration.ofMillis(1))
                .build())) {
            return client.push(
                    new PushRequest(registry.host(), to, List.of(images.tagged(root, tag))),
                    guide,
                    TransferListener.silent());
        } finally {
            assertThat(registry.incompleteTags()).isEmpty();
        }
    }

    private Strictness strictness(MemoryRegistry registry) {
        return memory.of(registry.host()).strictness(MediaType.OCI_MANIFEST, Instant.now());
    }

    private void believe(MemoryRegistry registry, Strictness strictness) {
        for (MediaType type : List.of(MediaType.OCI_MANIFEST, MediaType.OCI_INDEX)) {
            memory.change(registry.host(), facts -> facts.withStrictness(type, strictness, Instant.now()));
        }
    }

    private static List<Digest> blobs(Manifest image) {
        return ((Manifest.Image) image).blobs().stream().map(Descriptor::digest).toList();
    }

    private static Digest layer(Manifest image) {
        return ((Manifest.Image) image).layers().getFirst().digest();
    }

    private void requireComplete(MemoryRegistry registry, String repository, Manifest image) {
        assertThat(blobs(image)).allMatch(digest -> registry.hasBlob(repository, digest));
    }

    @ParameterizedTest
    @EnumSource(Checks.class)
    void everySortOfRegistryGetsWholeImages(Checks checks) throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().checking(checks))) {
            var _ = push(registry, TEAM_A, base, "1");
            var _ = push(registry, TEAM_A, base, "1");
            var _ = push(registry, TEAM_A, next, "2");
            var _ = push(registry, TEAM_B, images.index(base, next), "1");

            requireComplete(registry, "team-a/app", next);
            requireComplete(registry, "team-b/app", next);
        }
    }

    /// The blobs came from elsewhere, so that nothing is known of where they are; some are there.
    @ParameterizedTest
    @EnumSource(Checks.class)
    void everySortOfRegistryGetsWhatItLacksOfImagesThatCameFromElsewhere(Checks checks) throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().checking(checks))) {
            registry.addBlob("team-a/app", images.bytes(blobs(next).get(1)));

            PushReport report = push(registry, TEAM_A, next, "1", Provenance.inMemory());

            requireComplete(registry, "team-a/app", next);
            assertThat(report.uploaded()).isEqualTo(4);
            assertThat(report.alreadyThere()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Checks.class)
    void whatARegistryLostIsSentAgain(Checks checks) throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().checking(checks))) {
            var _ = push(registry, TEAM_A, base, "1");
            registry.dropBlob("team-a/app", layer(base));
            believe(registry, checks == Checks.ALL || checks == Checks.FIRST ? Strictness.STRICT : Strictness.LAX);

            PushReport report = push(registry, TEAM_A, next, "2");

            requireComplete(registry, "team-a/app", next);
            assertThat(report.uploaded()).isEqualTo(3);
        }
    }

    @Test
    void aRegistryThatListsWhatWeKnowIsMissingHasProvenItself() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open())) {
            var _ = push(registry, TEAM_A, base, "1");

            assertThat(strictness(registry)).isEqualTo(Strictness.STRICT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ALL", mode = EnumSource.Mode.EXCLUDE, value = Checks.class)
    void aRegistryThatDoesNotListEverythingIsAskedBlobByBlob(Checks checks) throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().checking(checks))) {
            var _ = push(registry, TEAM_A, base, "1");

            assertThat(strictness(registry)).isEqualTo(Strictness.LAX);
        }
    }

    /// It was believed to list everything, and names one blob after the other.
    @Test
    void beliefEndsWhenARefusalNamesSomethingNew() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().checking(Checks.FIRST))) {
            believe(registry, Strictness.STRICT);

            var _ = push(registry, TEAM_A, next, "1", Provenance.inMemory());

            requireComplete(registry, "team-a/app", next);
            assertThat(strictness(registry)).isEqualTo(Strictness.LAX);
        }
    }

    @Test
    void beliefExpires() {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        memory.change(
                "host",
                facts -> facts.withStrictness(MediaType.OCI_MANIFEST, Strictness.STRICT, then)
                        .withDray(true, then));

        assertThat(memory.of("host").isDray(then.plus(Duration.ofDays(6)))).isTrue();
        assertThat(memory.of("host").isDray(then.plus(Duration.ofDays(8)))).isFalse();
        assertThat(memory.of("host").strictness(MediaType.OCI_MANIFEST, then.plus(Duration.ofDays(29))))
                .isEqualTo(Strictness.STRICT);
        assertThat(memory.of("host").strictness(MediaType.OCI_MANIFEST, then.plus(Duration.ofDays(31))))
                .isEqualTo(Strictness.UNPROVEN);
        assertThat(memory.of("host").strictness(MediaType.OCI_INDEX, then)).isEqualTo(Strictness.STRICT);
    }

    /// Sources are not named in vain, and what they should have brought is sent.
    @Test
    void aHostThatIsNoDrayRegistryAnyMoreGetsWholeImages() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open())) {
            var _ = push(registry, TEAM_A, base, "1");
            memory.change(registry.host(), facts -> facts.withDray(true, Instant.now()));

            var _ = push(registry, TEAM_B, base, "1");

            requireComplete(registry, "team-b/app", base);
            assertThat(memory.of(registry.host()).isDray(Instant.now())).isFalse();
        }
    }

    @Test
    void aSourceThatTheCallerMayNoLongerReadIsFollowedByUploads() throws IOException {
        try (MemoryRegistry registry =
                MemoryRegistry.start(Behaviour.open().asDray().hiding("team-a/app"))) {
            var _ = push(registry, TEAM_A, base, "1");

            PushReport report = push(registry, TEAM_B, base, "1");

            requireComplete(registry, "team-b/app", base);
            assertThat(report.uploaded()).isEqualTo(4);
        }
    }

    /// A stranger's manifest names a private layer that we do not hold: no source is named for any of its blobs.
    @Test
    void noSourceIsNamedForAnImageOfWhichSomethingIsNotHeld() throws IOException {
        try (MemoryRegistry registry = MemoryRegistry.start(Behaviour.open().asDray())) {
            var _ = push(registry, TEAM_A, next, "1");
            images.drop(layer(next));

            assertThatThrownBy(() -> push(registry, TEAM_B, next, "1"))
                    .isInstanceOfSatisfying(
                            DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND))
                    .hasMessageContaining(layer(next).toString());
            assertThat(registry.hasBlob("team-b/app", layer(next))).isFalse();
            assertThat(registry.linkSources()).isEmpty();
        }
    }
}
