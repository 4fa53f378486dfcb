package dev.dray.engine.adopt.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.engine.adopt.MadeLayer;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.MediaType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    @Test
    void everyCandidateCanBeRunAndIsThereOnce() {
        EncoderCatalog catalog = EncoderCatalog.standard();
        List<EncoderId> ids = Candidates.all().stream().map(Candidate::encoder).toList();
        assertThat(ids).allSatisfy(id -> assertThat(catalog.encoding(id)).isNotNull());
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void headersBeginAsGzipDoes() {
        assertThat(Candidates.all())
                .flatExtracting(Candidate::headers)
                .allSatisfy(header -> assertThat(header.toByteArray()).startsWith(0x1f, 0x8b, 8));
    }

    private static Candidate first(String step, String labels, List<EncoderId> neighbours, SeenAt... seen) {
        RawBytes raw = RawBytes.utf8("""
            {"os":"linux","architecture":"amd64","config":{"Labels":{%s}},
             "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},
             "history":[{"empty_layer":true},{%s}]}\
            """.formatted(labels, "0".repeat(64), step));
        HostLayer layer = new HostLayer(
                Digest.sha256(new byte[0]),
                Optional.empty(),
                List.of(seen),
                Path.of("/tar-split"),
                List.of(),
                Optional.empty());
        HostImage image = new HostImage(
                raw.sha256(),
                List.of(),
                ImageConfig.parse(raw),
                Optional.empty(),
                "built here",
                MediaType.OCI_MANIFEST,
                List.of(layer));
        return Hints.of(image, 0, neighbours).order(Candidates.all()).getFirst();
    }

    @Test
    void withoutAHintDockersEncoderComesFirst() {
        assertThat(first("", "", List.of()).maker()).isEqualTo(Maker.GO_DEFAULT);
    }

    @Test
    void historyTellsWhoMadeALayer() {
        assertThat(first("\"comment\":\"debuerreotype 0.15\"", "", List.of()).maker())
                .isEqualTo(Maker.PIGZ);
        assertThat(first("\"created_by\":\"jib-maven-plugin:3.4\"", "", List.of())
                        .maker())
                .isEqualTo(Maker.ZLIB);
        assertThat(first("\"created_by\":\"kaniko\"", "", List.of()).maker()).isEqualTo(Maker.GO_FASTEST);
        assertThat(first("\"comment\":\"buildkit.dockerfile.v0\"", "\"io.buildah.version\":\"1\"", List.of())
                        .maker())
                .isEqualTo(Maker.GO_DEFAULT);
    }

    @Test
    void labelsAndRegistriesTellOfPgzipAndDatesOfItsEra() {
        String old = "\"created\":\"2021-05-01T00:00:00Z\"";
        String middle = "\"created\":\"2024-05-01T00:00:00Z\"";
        String recent = "\"created\":\"2026-05-01T00:00:00Z\"";
        String label = "\"io.buildah.version\":\"1.28\"";
        SeenAt quay = SeenAt.parse("quay.io/team/app").orElseThrow();
        assertThat(first(middle, label, List.of()).encoder().era()).isEqualTo("1.15.10");
        assertThat(first(recent, "", List.of(), quay).encoder().era()).isEqualTo("1.18.2");
        assertThat(first(old, label, List.of()).encoder().era()).isEqualTo("1.15.0");
    }

    @Test
    void aNeighboursEncoderComesFirst() {
        EncoderId gzip = MadeLayer.candidate(Maker.GNU_GZIP).encoder();
        assertThat(first("\"comment\":\"buildkit\"", "", List.of(gzip)).encoder())
                .isEqualTo(gzip);
    }
}
