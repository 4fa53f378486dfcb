package dev.dray.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageGraphTest {
    private final Map<Digest, Manifest> held = new HashMap<>();
    private final ImageSource source = new ImageSource() {
        @Override
        public Manifest manifest(ManifestSelector selector) {
            return Optional.ofNullable(held.get(Digest.parse(selector.toString())))
                    .orElseThrow(() -> new DrayException(DrayException.Kind.NOT_FOUND, "no " + selector));
        }

        @Override
        public Content blob(Descriptor descriptor) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no " + descriptor);
        }
    };

    private Manifest image(int number) {
        JsonValue shared = Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.sha256(new byte[] {9}), 9)
                .toJson();
        JsonValue config = Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(new byte[] {(byte) number}), 1)
                .toJson();
        return keep(
                MediaType.OCI_MANIFEST,
                JsonValue.object()
                        .put("schemaVersion", 2)
                        .put("config", config)
                        .put("layers", JsonValue.array(List.of(shared)))
                        .build());
    }

    private Manifest index(Descriptor... children) {
        List<JsonValue> members = new ArrayList<>();
        for (Descriptor child : children) {
            members.add(child.toJson());
        }
        return keep(
                MediaType.OCI_INDEX,
                JsonValue.object()
                        .put("schemaVersion", 2)
                        .put("manifests", JsonValue.array(members))
                        .build());
    }

    private Manifest keep(MediaType type, JsonValue document) {
        Manifest manifest = Manifest.parse(type, Json.write(document));
        held.put(manifest.raw().sha256(), manifest);
        return manifest;
    }

    private static Digest digest(Manifest manifest) {
        return manifest.raw().sha256();
    }

    @Test
    void childrenComeBeforeTheirParentsAndEachBlobOnce() throws IOException {
        Manifest one = image(1);
        Manifest two = image(2);
        Manifest inner = index(two.descriptor());
        Manifest root = index(one.descriptor(), inner.descriptor(), two.descriptor());
        ImageGraph graph = ImageGraph.read(source, root, digest(root));
        assertThat(graph.manifests().keySet()).containsExactly(digest(one), digest(two), digest(inner), digest(root));
        assertThat(graph.blobs()).extracting(Descriptor::size).containsExactly(9L, 1L, 1L);
    }

    @Test
    void absentChildIsAnErrorUnlessOnlyWhatIsPresentIsWanted() throws IOException {
        Manifest one = image(1);
        Manifest gone = image(2);
        Manifest root = index(one.descriptor(), gone.descriptor());
        held.remove(digest(gone));
        assertThatThrownBy(() -> ImageGraph.read(source, root, digest(root))).hasMessageStartingWith("no sha256:");
        assertThat(ImageGraph.readPresent(source, root, digest(root))
                        .manifests()
                        .keySet())
                .containsExactly(digest(one), digest(root));
    }

    @Test
    void childThatIsNoManifestIsNotFollowed() throws IOException {
        Manifest root = index(Descriptor.of(new MediaType("application/x-thing"), Digest.sha256(new byte[1]), 1));
        assertThat(ImageGraph.read(source, root, digest(root)).manifests()).hasSize(1);
    }

    @Test
    void indexesNestEightDeepAndNoDeeper() throws IOException {
        Manifest eighth = image(1);
        for (int i = 0; i < 8; i++) {
            eighth = index(eighth.descriptor());
        }
        assertThat(ImageGraph.read(source, eighth, digest(eighth)).manifests()).hasSize(9);
        Manifest ninth = index(eighth.descriptor());
        assertThatThrownBy(() -> ImageGraph.read(source, ninth, digest(ninth)))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.TOO_LARGE));
    }
}
