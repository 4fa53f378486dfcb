package dev.dray.engine.archive.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dray.engine.archive.LayoutFixture;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
    private static final ManifestSelector X = ManifestSelector.of(new Tag("x"));

    @TempDir
    private Path temporary = Path.of("");

    private LayoutFixture layout = new LayoutFixture(Path.of(""));

    @BeforeEach
    void makeFolder() throws Exception {
        layout = new LayoutFixture(Files.createDirectory(temporary.resolve("layout")));
    }

    private OciLayout open() throws Exception {
        return OciLayout.open(layout.folder());
    }

    private static void assertRefused(DrayException.Kind kind, String words, ThrowingCallable call) {
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    @Test
    void anImageIsFoundByTagAndByDigest() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        Descriptor image = layout.image(List.of(layer));
        Manifest byTag = open().manifest(X);
        assertThat(byTag.raw().sha256()).isEqualTo(image.digest());
        assertThat(open().manifest(ManifestSelector.of(image.digest())).raw()).isEqualTo(byTag.raw());
    }

    @Test
    void aBlobCanBeReadFromAnyPlace() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Content content = open().blob(layer);
        try (InputStream in = content.open(1)) {
            assertThat(in.readAllBytes()).containsExactly(2, 3);
        }
        assertThat(content.file()).isPresent();
    }

    @Test
    void anotherTagIsRefusedWithTheTagsThereAre() throws Exception {
        layout.image(List.of());
        assertThatExceptionOfType(DrayException.class)
                .isThrownBy(() -> open().manifest(ManifestSelector.of(new Tag("y"))))
                .satisfies(refusal -> assertThat(refusal.advice()).contains("it has x"));
    }

    @Test
    void aFolderThatIsNoLayoutIsRefused() {
        assertRefused(DrayException.Kind.NOT_FOUND, "oci-layout", this::open);
        assertRefused(
                DrayException.Kind.NOT_FOUND, "no such folder", () -> OciLayout.open(temporary.resolve("absent")));
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        layout.image(List.of());
        layout.write("oci-layout", "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertRefused(DrayException.Kind.UNSUPPORTED, "another version", this::open);
        layout.write("oci-layout", "{}");
        assertRefused(DrayException.Kind.INVALID, "imageLayoutVersion", this::open);
    }

    @Test
    void aDigestThatIsAPathIsRefused() throws Exception {
        layout.index(JsonValue.object()
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("digest", "sha256:../../../../etc/passwd")
                .put("size", 1)
                .build());
        assertRefused(DrayException.Kind.INVALID, "invalid digest", this::open);
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Path outside = Files.write(temporary.resolve("secret"), new byte[] {1, 2, 3});
        Files.delete(layout.file(layer));
        Files.createSymbolicLink(layout.file(layer), outside);
        assertRefused(DrayException.Kind.INVALID, "link out of the folder", () -> open().blob(layer));
    }

    @Test
    void aLinkedFolderOfBlobsIsRefused() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Files.move(layout.folder().resolve("blobs"), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(layout.folder().resolve("blobs"), temporary.resolve("elsewhere"));
        assertRefused(DrayException.Kind.INVALID, "link out of the folder", () -> open().blob(layer));
    }

    @Test
    void aFolderInPlaceOfABlobIsRefused() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Files.delete(layout.file(layer));
        Files.createDirectory(layout.file(layer));
        assertRefused(DrayException.Kind.INVALID, "not a file", () -> open().blob(layer));
    }

    @Test
    void anAbsentBlobIsNamed() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Files.delete(layout.file(layer));
        assertRefused(DrayException.Kind.NOT_FOUND, layer.digest().hex(), () -> open().blob(layer));
    }

    @Test
    void aBlobOfAnotherSizeIsDamage() throws Exception {
        Descriptor layer = layout.blob(MediaType.OCI_LAYER, new byte[] {1, 2, 3});
        layout.image(List.of(layer));
        Files.write(layout.file(layer), new byte[] {1, 2});
        assertRefused(DrayException.Kind.CORRUPT, "has 2 bytes", () -> open().blob(layer));
    }

    @Test
    void aManifestWithOtherBytesIsDamage() throws Exception {
        Descriptor image = layout.image(List.of());
        Files.writeString(layout.file(image), " " + Files.readString(layout.file(image)));
        assertRefused(DrayException.Kind.CORRUPT, "hash to", () -> open().manifest(X));
    }

    @Test
    void anEndlessIndexIsRefused() throws Exception {
        layout.image(List.of());
        layout.write("index.json", " ".repeat(Manifest.LARGEST + 1));
        assertRefused(DrayException.Kind.TOO_LARGE, "larger than the limit", this::open);
    }

    @Test
    void anIndexThatIsNoIndexIsRefused() throws Exception {
        layout.image(List.of());
        for (String text : List.of("", "[]", "{", "{\"schemaVersion\":2}", "{\"schemaVersion\":2,\"manifests\":7}")) {
            layout.write("index.json", text);
            assertThatExceptionOfType(DrayException.class).isThrownBy(this::open);
        }
    }

    @Test
    void namesAreReadWithAndWithoutTag() {
        assertThat(LayoutName.parse("oci:a/b:1.2"))
                .isEqualTo(new LayoutName(Path.of("a/b"), Optional.of(new Tag("1.2"))));
        assertThat(LayoutName.parse("oci:a:b/c").folder()).isEqualTo(Path.of("a:b/c"));
        assertRefused(DrayException.Kind.INVALID, "oci:DIR[:TAG]", () -> LayoutName.parse("oci:"));
        assertRefused(DrayException.Kind.INVALID, "invalid tag", () -> LayoutName.parse("oci:a:-"));
    }

    @Test
    void absentDigestsAreNotFound() throws Exception {
        layout.image(List.of());
        Digest absent = Digest.sha256(new byte[] {9});
        assertRefused(DrayException.Kind.NOT_FOUND, absent.hex(), () -> open().manifest(ManifestSelector.of(absent)));
    }
}
