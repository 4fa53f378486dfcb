package dev.dray.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final String BLOB = """
        {"mediaType":"%s","digest":"sha256:%s","size":%d}\
        """;
    private static final String CONFIG = BLOB.formatted(MediaType.OCI_CONFIG, "0".repeat(64), 2);
    private static final String LAYER = BLOB.formatted(MediaType.OCI_LAYER_GZIP, "1".repeat(64), 3);

    private static String image(String members) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\"%s}".formatted(MediaType.OCI_MANIFEST, members);
    }

    private static Manifest parse(String text) {
        return Manifest.parse(MediaType.OCI_MANIFEST, RawBytes.utf8(text));
    }

    @Test
    void keepsTheBytesAndUnknownMembers() {
        String text = image(",\"config\":%s,\"layers\":[%s],\"x-unknown\": [1 , 2]".formatted(CONFIG, LAYER));
        Manifest.Image image = (Manifest.Image) parse(text);
        assertThat(image.raw()).hasToString(text);
        assertThat(image.blobs()).extracting(Descriptor::size).containsExactly(2L, 3L);
        assertThat(image.descriptor().digest()).isEqualTo(RawBytes.utf8(text).sha256());
    }

    @Test
    void readsTheSubjectAndArtifactType() {
        Manifest.Image image = (Manifest.Image) parse(image(
                ",\"config\":%s,\"layers\":[],\"artifactType\":\"a/b\",\"subject\":%s,\"annotations\":{\"k\":\"v\"}"
                        .formatted(CONFIG, LAYER)));
        assertThat(image.subject()).map(Descriptor::size).hasValue(3L);
        assertThat(image.artifactType()).hasValue("a/b");
        assertThat(image.annotations()).containsEntry("k", "v");
    }

    @Test
    void readsAnIndexWithPlatforms() {
        String child = BLOB.formatted(MediaType.OCI_MANIFEST, "2".repeat(64), 5)
                .replace("}", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}");
        Manifest.Index index = (Manifest.Index) Manifest.parse(
                MediaType.OCI_INDEX, RawBytes.utf8("{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(child)));
        assertThat(index.manifests())
                .singleElement()
                .satisfies(m -> assertThat(m.platform()).hasValue(new Platform("linux", "arm64", Optional.of("v8"))));
    }

    @Test
    void refusesBothLayersAndManifests() {
        assertThatThrownBy(() -> parse(image(",\"config\":%s,\"layers\":[],\"manifests\":[]".formatted(CONFIG))))
                .hasMessageContaining("both");
    }

    @Test
    void refusesAnotherMediaTypeThanTheOneItCameWith() {
        String text = image(",\"config\":%s,\"layers\":[]".formatted(CONFIG));
        assertThatThrownBy(() -> Manifest.parse(MediaType.DOCKER_MANIFEST, RawBytes.utf8(text)))
                .hasMessageContaining("mediaType");
    }

    @Test
    void refusesRepeatedNames() {
        assertThatThrownBy(() -> parse(image(",\"config\":%s,\"layers\":[],\"layers\":[]".formatted(CONFIG))))
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void refusesMissingAndMalformedMembers() {
        assertThatThrownBy(() -> parse("{}")).hasMessageContaining("schemaVersion");
        assertThatThrownBy(() -> parse("[]")).hasMessageContaining("not an object");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> parse(image(",\"layers\":[]"))).hasMessageContaining("config");
        assertThatThrownBy(() -> parse(image(",\"config\":%s".formatted(CONFIG))))
                .hasMessageContaining("layers");
        assertThatThrownBy(() -> parse(image(",\"config\":%s,\"layers\":{}".formatted(CONFIG))))
                .hasMessageContaining("not an array");
        assertThatThrownBy(() ->
                        parse(image(",\"config\":%s,\"layers\":[%s]".formatted(CONFIG, LAYER.replace("3}", "-3}")))))
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> parse(image(",\"config\":%s,\"layers\":[7]".formatted(CONFIG))))
                .hasMessageContaining("layers[0]");
    }

    @Test
    void refusesMoreThanFourMebibytes() {
        assertThatThrownBy(() -> parse(image(",\"x\":\"" + "y".repeat(Manifest.LARGEST) + "\"")))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.TOO_LARGE));
    }

    @Test
    void acceptsAlmostFourMebibytes() {
        String pad = ",\"annotations\":{\"k\":\"" + "y".repeat(Manifest.LARGEST - 1000) + "\"}";
        assertThat(parse(image(",\"config\":%s,\"layers\":[]".formatted(CONFIG) + pad)))
                .isNotNull();
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> parse(image(",\"x\":" + "[".repeat(1000) + "]".repeat(1000))))
                .isInstanceOf(DrayException.class);
    }

    @Test
    void refusesDockerSchema1AsUnsupported() {
        assertThatThrownBy(() -> Manifest.parse(
                        new MediaType("application/vnd.docker.distribution.manifest.v1+json"), RawBytes.utf8("{}")))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.UNSUPPORTED));
    }

    @Test
    void readsAConfigLeniently() {
        ImageConfig config = ImageConfig.parse(RawBytes.utf8("""
            {"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["sha256:%s"]},
             "history":[{"created_by":"RUN x","empty_layer":true}]}\
            """.formatted("3".repeat(64))));
        assertThat(config.platform()).hasToString("linux/amd64");
        assertThat(config.diffIds()).hasSize(1);
        assertThat(config.history())
                .singleElement()
                .satisfies(step -> assertThat(step.emptyLayer()).isTrue());
    }

    @Test
    void referrerWithAnEmptyArtifactTypeIsDescribedAsOneWithout() {
        Manifest image = parse(image(",\"config\":%s,\"layers\":[],\"artifactType\":\"\"".formatted(CONFIG)));
        Manifest index = Manifest.parse(
                MediaType.OCI_INDEX, RawBytes.utf8("{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":\"\"}"));

        assertThat(ReferrerSource.describe(image, image.raw().sha256()).artifactType())
                .hasValue(MediaType.OCI_CONFIG.value());
        assertThat(ReferrerSource.describe(index, index.raw().sha256()).artifactType())
                .isEmpty();
    }

    @Test
    void builtManifestReadsAsWhatItWasBuiltOf() {
        Descriptor config = Descriptor.of(MediaType.OCI_CONFIG, RawBytes.utf8("{}"));
        Descriptor layer = Descriptor.of(MediaType.OCI_LAYER_GZIP, RawBytes.utf8("layer"));
        Manifest.Image image = Manifest.Image.of(MediaType.OCI_MANIFEST, config, List.of(layer, layer));
        Manifest.Index index = Manifest.Index.of(List.of(image.descriptor()));

        assertThat(image.blobs()).containsExactly(config, layer, layer);
        assertThat(Manifest.parse(MediaType.OCI_MANIFEST, image.raw())).isEqualTo(image);
        assertThat(Manifest.parse(MediaType.OCI_INDEX, index.raw())).isEqualTo(index);
    }

    @Test
    void onlyALayerThatIsElsewhereMayBeAbsent() {
        MediaType foreign = new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
        Descriptor without = Descriptor.of(foreign, RawBytes.utf8("layer"));
        List<String> urls = List.of("https://example.com/layer");

        assertThat(without.mayBeAbsent()).isFalse();
        assertThat(elsewhere(foreign, without, urls).mayBeAbsent()).isTrue();
        assertThat(elsewhere(MediaType.OCI_LAYER, without, urls).mayBeAbsent()).isFalse();
    }

    private static Descriptor elsewhere(MediaType type, Descriptor like, List<String> urls) {
        return new Descriptor(type, like.digest(), like.size(), Optional.empty(), Optional.empty(), Map.of(), urls);
    }
}
