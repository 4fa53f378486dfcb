package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.push.Provenance;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.BlobSources;
import dev.dray.engine.copy.CopyProvenance;
import dev.dray.engine.copy.CopyReport;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyTest {
    private static final int LARGE = 50_000;
    private static final CopyOptions HOST = new CopyOptions(PlatformChoice.parse("linux/amd64"), false);
    private static final CopyOptions ALL = new CopyOptions(new PlatformChoice.All(), false);

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @TempDir
    private Path folder = Path.of("");

    enum Kind {
        REGISTRY,
        STORE,
        LAYOUT,
        DOCKER_ARCHIVE,
        OCI_ARCHIVE
    }

    private ImageLocation place(Kind kind, String name) {
        return ImageLocation.parse(
                switch (kind) {
                    case REGISTRY -> "docker://" + host.name(name + ":1");
                    case STORE -> "store:" + host.name("kept/" + name + ":1");
                    case LAYOUT -> "oci:" + folder.resolve(name) + ":1";
                    case DOCKER_ARCHIVE -> "docker-archive:" + folder.resolve(name + ".tar") + ":team/app:1";
                    case OCI_ARCHIVE -> "oci-archive:" + folder.resolve(name + ".oci") + ":1";
                });
    }

    private ImageLocation registry(String path) {
        return new ImageLocation.Registry(host.name(path));
    }

    private CopyReport copy(ImageLocation from, ImageLocation to, CopyOptions options) throws IOException {
        return host.engine.copy(from, to, options, TransferListener.silent());
    }

    private static Stream<Kind[]> everySourceWithEveryTarget() {
        return Stream.of(Kind.values()).flatMap(from -> Stream.of(Kind.values()).map(to -> new Kind[] {from, to}));
    }

    @ParameterizedTest
    @MethodSource("everySourceWithEveryTarget")
    void everySourceFeedsEveryTargetByteForByte(Kind from, Kind to) throws IOException {
        TestIndex index = TestIndex.of(
                Map.of("linux/amd64", RandomImage.of(1, 3, LARGE), "linux/arm64", RandomImage.of(2, 1, LARGE)));
        host.serve(index, "team/app:1");
        copy(registry("team/app:1"), place(from, "source"), ALL);

        CopyReport report = copy(place(from, "source"), place(to, "target"), ALL);

        Digest digest = index.manifest().raw().sha256();
        assertThat(report.digests()).containsExactly(digest);
        assertThat(report.blobs()).isEqualTo(6);
        copy(place(to, "target"), registry("back/app:1"), ALL);
        assertThat(host.served("back/app:1")).isEqualTo(digest);
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void oneImageOfAnIndexIsCopiedUnlessAllAreWished() throws IOException {
        TestIndex index = TestIndex.of(
                Map.of("linux/amd64", RandomImage.of(3, 1, 100), "linux/arm64", RandomImage.of(4, 1, 100)));
        host.serve(index, "team/app:1");

        CopyReport report = copy(registry("team/app:1"), place(Kind.LAYOUT, "one"), HOST);

        assertThat(report.digests())
                .containsExactly(index.image("linux/amd64").manifest().raw().sha256());
        assertThat(report.blobs()).isEqualTo(2);
    }

    @Test
    void copyWithinARegistryLinksEveryBlob() throws IOException {
        host.serve(RandomImage.of(5, 3, LARGE), "team/app:1");

        CopyReport report = copy(registry("team/app:1"), registry("other/app:1"), HOST);

        assertThat(report.linked()).isEqualTo(4);
        assertThat(report.moved()).isZero();
        assertThat(host.linksTo("other/app")).isEqualTo(4);
        assertThat(host.uploadsTo("other/app")).isZero();
    }

    @Test
    void anotherTagInTheSameRepositoryMovesNothing() throws IOException {
        RandomImage image = RandomImage.of(6, 3, LARGE);
        host.serve(image, "team/app:1");
        host.events.clear();

        CopyReport report = copy(registry("team/app:1"), registry("team/app:2"), HOST);

        assertThat(report.moved() + report.linked()).isZero();
        assertThat(host.uploadsTo("team/app")).isZero();
        assertThat(host.served("team/app:2")).isEqualTo(image.manifest().raw().sha256());
    }

    @Test
    void noOtherRepositoryThanTheSourceIsNamedForALink() {
        Digest secret = Digest.sha256(new byte[] {1});
        Provenance memory = Provenance.inMemory();
        memory.seen("registry:5000", RepositoryName.parse("secret/app"), List.of(secret));
        Reference elsewhere = Reference.parse("evil:5000/app:1");
        Reference here = Reference.parse("registry:5000/public/app:1");

        assertThat(new CopyProvenance(memory, BlobSources.of(elsewhere)).sources("registry:5000", secret))
                .isEmpty();
        assertThat(new CopyProvenance(memory, BlobSources.of(here)).sources("registry:5000", secret))
                .containsExactly(here.repository());
    }

    @Test
    void secondCopyIntoALayoutWritesNothing() throws IOException {
        host.serve(RandomImage.of(7, 2, LARGE), "team/app:1");
        copy(registry("team/app:1"), place(Kind.LAYOUT, "layout"), HOST);

        CopyReport again = copy(registry("team/app:1"), place(Kind.LAYOUT, "layout"), HOST);

        assertThat(again.moved()).isZero();
    }

    @Test
    void aLayoutTakesSeveralImagesAndATagMoves() throws IOException {
        RandomImage first = RandomImage.of(8, 1, 100);
        RandomImage second = RandomImage.of(9, 1, 100);
        host.serve(first, "team/app:1");
        host.serve(second, "team/app:2");
        ImageLocation one = ImageLocation.parse("oci:" + folder.resolve("l") + ":one");
        ImageLocation two = ImageLocation.parse("oci:" + folder.resolve("l") + ":two");
        copy(registry("team/app:1"), one, HOST);
        copy(registry("team/app:2"), two, HOST);
        copy(registry("team/app:2"), one, HOST);

        assertThat(copy(one, registry("a:1"), HOST).digests())
                .isEqualTo(copy(two, registry("b:1"), HOST).digests())
                .containsExactly(second.manifest().raw().sha256());
    }

    @Test
    void damagedBlobsGoNowhereAndLeaveNoArchive() throws IOException {
        RandomImage image = RandomImage.of(10, 1, LARGE);
        host.serve(image, "team/app:1");
        copy(registry("team/app:1"), place(Kind.LAYOUT, "layout"), HOST);
        Digest layer = image.manifest().layers().getFirst().digest();
        Path blob = folder.resolve("layout/blobs/sha256").resolve(layer.hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[100] ^= 1;
        Files.write(blob, bytes);

        for (Kind target : Kind.values()) {
            assertThatThrownBy(() -> copy(place(Kind.LAYOUT, "layout"), place(target, "bad"), HOST))
                    .as(target.toString())
                    .satisfies(kind(DrayException.Kind.CORRUPT));
        }

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("bad.") || name.endsWith(".partial")))
                    .isEmpty();
        }
        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void anArchiveThatIsThereIsNotWrittenOver() throws IOException {
        host.serve(RandomImage.of(11, 1, 100), "team/app:1");
        copy(registry("team/app:1"), place(Kind.DOCKER_ARCHIVE, "a"), HOST);

        assertThatThrownBy(() -> copy(registry("team/app:1"), place(Kind.DOCKER_ARCHIVE, "a"), HOST))
                .satisfies(kind(DrayException.Kind.CONFLICT));
    }

    @Test
    void aFolderThatHoldsSomethingElseIsNoLayout() throws IOException {
        host.serve(RandomImage.of(12, 1, 100), "team/app:1");
        Files.writeString(Files.createDirectory(folder.resolve("home")).resolve("letter"), "dear");

        assertThatThrownBy(() -> copy(registry("team/app:1"), place(Kind.LAYOUT, "home"), HOST))
                .satisfies(kind(DrayException.Kind.CONFLICT));
    }

    @Test
    void aTargetDigestMustBeTheImages() throws IOException {
        RandomImage image = RandomImage.of(13, 1, 100);
        host.serve(image, "team/app:1");
        Digest digest = image.manifest().raw().sha256();

        copy(registry("team/app:1"), registry("other/app@" + digest), HOST);
        assertThatThrownBy(() -> copy(registry("team/app:1"), registry("b@" + Digest.sha256(new byte[0])), HOST))
                .satisfies(kind(DrayException.Kind.INVALID));

        assertThat(host.served("other/app@" + digest)).isEqualTo(digest);
    }

    @Test
    void sparseIndexGoesIntoALayoutAndNotIntoARegistry() throws IOException {
        RandomImage arm = RandomImage.of(14, 1, LARGE);
        TestIndex index = TestIndex.of(Map.of("linux/amd64", RandomImage.of(15, 1, LARGE), "linux/arm64", arm));
        host.serve(index, "team/app:1");
        ImageLocation layout = place(Kind.LAYOUT, "layout");
        copy(registry("team/app:1"), layout, ALL);
        Files.delete(folder.resolve("layout/blobs/sha256")
                .resolve(arm.manifest().layers().getFirst().digest().hex()));

        CopyReport report = copy(layout, place(Kind.DOCKER_ARCHIVE, "sparse"), ALL);

        assertThat(report.notes()).anyMatch(note -> note.contains("linux/arm64"));
        assertThatThrownBy(() -> copy(layout, registry("sparse:1"), ALL))
                .satisfies(kind(DrayException.Kind.CONFLICT))
                .hasMessageContaining("linux/arm64");
    }

    @Test
    void namesOfPlacesAreReadAsPeopleWriteThem() {
        assertThat(ImageLocation.parse("debian:12"))
                .isEqualTo(new ImageLocation.Registry(Reference.parse("debian:12")));
        assertThat(ImageLocation.parse("docker://a/b:1").toString()).isEqualTo("docker://docker.io/a/b:1");
        assertThat(ImageLocation.parse("store:a/b:1")).isEqualTo(new ImageLocation.Stored("a/b:1"));
        for (String text : Set.of("oci:d:t", "docker-archive:f.tar:a/b:1", "docker-archive:f", "oci-archive:f:t")) {
            assertThat(ImageLocation.parse(text)).hasToString(text);
        }
        for (String text :
                Set.of("", "store:", "oci:", "docker-archive:", "oci-archive:f:", "docker-archive:f:A", "./a")) {
            assertThatThrownBy(() -> ImageLocation.parse(text)).satisfies(kind(DrayException.Kind.INVALID));
        }
    }
}
