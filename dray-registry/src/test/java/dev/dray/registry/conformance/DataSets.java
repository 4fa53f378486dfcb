package dev.dray.registry.conformance;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The data sets of the OCI conformance list.
final class DataSets {
    static final String ARTIFACT = "application/vnd.example.artifact";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String NON_DISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.v1.tar";

    private DataSets() {}

    private static String image(String config, String layers, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
                .formatted(MediaType.OCI_MANIFEST, config, layers, more);
    }

    private static String index(String manifests, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]%s}"
                .formatted(MediaType.OCI_INDEX, manifests, more);
    }

    private static String config(DataSet set, String salt) {
        return set.blob(CONFIG, "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"%s\"}".formatted(salt));
    }

    private static String layers(DataSet set, String suffix, String salt) {
        return set.blob(LAYER + suffix, "layer 1 " + salt) + "," + set.blob(LAYER + suffix, "layer 2 " + salt);
    }

    private static String imageOf(DataSet set, String salt, String tag) {
        return set.document(MediaType.OCI_MANIFEST, image(config(set, salt), layers(set, "+gzip", salt), ""), tag);
    }

    static DataSet image(Digest.Algorithm algorithm) {
        DataSet set = new DataSet(algorithm);
        imageOf(set, "image", algorithm == Digest.Algorithm.SHA256 ? "image" : "");
        return set;
    }

    static DataSet imageUncompressed() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        set.document(MediaType.OCI_MANIFEST, image(config(set, "plain"), layers(set, "", "plain"), ""), "plain");
        return set;
    }

    /// 390 annotations of 10,000 bytes: 3.9 MB, below the 4 MiB that registries must accept.
    static DataSet largeManifest() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String annotations = IntStream.range(0, 390)
                .mapToObj(i -> "\"key-%d\":\"%s\"".formatted(i, "x".repeat(10_000)))
                .collect(Collectors.joining(","));
        set.document(
                MediaType.OCI_MANIFEST,
                image(config(set, "large"), layers(set, "", "large"), ",\"annotations\":{%s}".formatted(annotations)),
                "large");
        return set;
    }

    static DataSet index(Digest.Algorithm algorithm) {
        DataSet set = new DataSet(algorithm);
        String children = imageOf(set, "amd64", "") + "," + imageOf(set, "arm64", "");
        set.document(MediaType.OCI_INDEX, index(children, ""), algorithm == Digest.Algorithm.SHA256 ? "index" : "");
        return set;
    }

    static DataSet nestedIndex() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String first =
                set.document(MediaType.OCI_INDEX, index(imageOf(set, "a", "") + "," + imageOf(set, "b", ""), ""), "");
        String second =
                set.document(MediaType.OCI_INDEX, index(imageOf(set, "c", "") + "," + imageOf(set, "d", ""), ""), "");
        set.document(MediaType.OCI_INDEX, index(first + "," + second, ""), "nested");
        return set;
    }

    static DataSet emptyIndex() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        set.document(MediaType.OCI_INDEX, index("", ""), "empty-index");
        return set;
    }

    private static String artifactOf(DataSet set, String salt, String tag) {
        return set.document(
                MediaType.OCI_MANIFEST,
                image(
                        set.blob(EMPTY, "{}"),
                        set.blob("text/plain", salt),
                        ",\"artifactType\":\"%s\"".formatted(ARTIFACT)),
                tag);
    }

    static DataSet artifact() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        artifactOf(set, "artifact", "artifact");
        return set;
    }

    static DataSet artifactIndex() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String children = artifactOf(set, "one", "") + "," + artifactOf(set, "two", "");
        set.document(
                MediaType.OCI_INDEX, index(children, ",\"artifactType\":\"%s\"".formatted(ARTIFACT)), "artifact-index");
        return set;
    }

    static DataSet artifactWithoutLayers() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String empty = set.blob(EMPTY, "{}");
        set.document(
                MediaType.OCI_MANIFEST,
                image(empty, empty, ",\"artifactType\":\"%s\"".formatted(ARTIFACT)),
                "bare-artifact");
        return set;
    }

    static DataSet artifactsWithSubject() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String image = imageOf(set, "subject", "subject");
        Digest subject = set.documents().getFirst().digest();
        set.referrer(
                MediaType.OCI_MANIFEST,
                image(
                        set.blob(EMPTY, "{}"),
                        set.blob("text/plain", "sig"),
                        ",\"artifactType\":\"%s\",\"annotations\":{\"org.example\":\"one\"},\"subject\":%s"
                                .formatted(ARTIFACT, image)),
                "signature",
                subject);
        set.referrer(
                MediaType.OCI_MANIFEST,
                image(
                        set.blob("application/vnd.example.config", "{\"a\":1}"),
                        set.blob("text/plain", "sbom"),
                        ",\"subject\":%s".formatted(image)),
                "sbom",
                subject);
        return set;
    }

    static DataSet indexWithSubject() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String image = imageOf(set, "subject", "subject");
        Digest subject = set.documents().getFirst().digest();
        String children = artifactOf(set, "one", "") + "," + artifactOf(set, "two", "");
        set.referrer(MediaType.OCI_INDEX, index(children, ",\"subject\":%s".formatted(image)), "about", subject);
        return set;
    }

    /// An index and an image with empty artifact types.
    static DataSet artifactsWithEmptyTypes() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String image = imageOf(set, "subject", "subject");
        Digest subject = set.documents().getFirst().digest();
        String more = ",\"artifactType\":\"\",\"subject\":%s".formatted(image);
        set.referrer(MediaType.OCI_INDEX, index("", more), "index", subject);
        set.referrer(
                MediaType.OCI_MANIFEST,
                image(set.blob("application/vnd.example.config", "{}"), set.blob("text/plain", "x"), more),
                "image",
                subject);
        return set;
    }

    static DataSet missingSubject() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        RawBytes nowhere = RawBytes.utf8("never pushed");
        set.referrer(
                MediaType.OCI_MANIFEST,
                image(
                        set.blob(EMPTY, "{}"),
                        set.blob("text/plain", "orphan"),
                        ",\"artifactType\":\"%s\",\"subject\":%s"
                                .formatted(ARTIFACT, set.descriptor(MediaType.OCI_MANIFEST.value(), nowhere, ""))),
                "orphan",
                set.digest(nowhere));
        return set;
    }

    static DataSet dataField() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String inlined = set.blob(EMPTY, "{}", ",\"data\":\"e30=\"");
        set.document(MediaType.OCI_MANIFEST, image(inlined, layers(set, "", "data"), ""), "data");
        return set;
    }

    static DataSet nonDistributableLayers() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String elsewhere = set.descriptor(
                NON_DISTRIBUTABLE, RawBytes.utf8("elsewhere"), ",\"urls\":[\"https://example.invalid/layer\"]");
        set.document(
                MediaType.OCI_MANIFEST,
                image(config(set, "foreign"), set.blob(LAYER, "own layer") + "," + elsewhere, ""),
                "foreign");
        return set;
    }

    static DataSet customFields() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        String more = ",\"org.example\":{\"nested\":[1,2.50,null]}";
        String child =
                set.document(MediaType.OCI_MANIFEST, image(config(set, "custom"), layers(set, "", "custom"), more), "");
        set.document(MediaType.OCI_INDEX, index(child, more), "custom");
        return set;
    }

    static DataSet noLayers() {
        DataSet set = new DataSet(Digest.Algorithm.SHA256);
        set.document(MediaType.OCI_MANIFEST, image(config(set, "bare"), "", ""), "no-layers");
        return set;
    }
}
