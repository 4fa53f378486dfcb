package dev.dray.engine.archive.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Content;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutWriterTest {
    @TempDir
    private Path folder = Path.of("");

    /// What whoever is killed leaves: before the layout's mark, and between the mark and the list.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void layoutThatWasNeverFinishedIsGoneOnWith(boolean marked) throws IOException {
        RawBytes bytes = RawBytes.copyOf("a blob".getBytes(StandardCharsets.UTF_8));
        Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, bytes.sha256(), bytes.size());
        LayoutWriter.open(folder).putBlob(blob, Content.of(bytes, blob.digest()));
        Files.writeString(folder.resolve("blobs/sha256/.x.partial"), "half");
        Files.writeString(folder.resolve(".index.json.y.partial"), "half");
        if (marked) {
            Files.write(folder.resolve(OciLayout.MARK), IndexWriter.MARK.toByteArray());
        }

        LayoutWriter again = LayoutWriter.open(folder);

        assertThat(again.missing(List.of(blob))).isEmpty();
        again.finish();
        assertThat(OciLayout.open(folder).manifests()).isEmpty();
    }

    @Test
    void listWithoutAMarkIsSomethingElse() throws IOException {
        Files.writeString(folder.resolve(OciLayout.INDEX), "{}");

        assertThatThrownBy(() -> LayoutWriter.open(folder))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.CONFLICT));
    }

    @Test
    void listIsWrittenByteForByteAsItAlwaysWas() throws IOException {
        RawBytes raw = RawBytes.utf8("{\"schemaVersion\":2,\"manifests\":[],\"artifactType\":\"a/b\"}");
        LayoutWriter writer = LayoutWriter.open(folder);
        writer.list(
                Manifest.parse(MediaType.OCI_INDEX, raw),
                raw.sha256(),
                Optional.of(ListedName.of(Reference.parse("localhost:5000/team/app:1"))));
        writer.finish();

        assertThat(folder.resolve(OciLayout.INDEX)).hasContent("""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
            {"mediaType":"application/vnd.oci.image.index.v1+json","digest":"%s","size":%d,"annotations":\
            {"io.containerd.image.name":"localhost:5000/team/app:1","org.opencontainers.image.ref.name":"1"},\
            "artifactType":"a/b"}]}\
            """.formatted(raw.sha256(), raw.size()));
    }
}
