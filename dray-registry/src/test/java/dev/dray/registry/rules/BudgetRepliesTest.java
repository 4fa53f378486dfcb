package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.uploads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.registry.RegistryLimits;
import dev.dray.registry.RegistrySettings;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What callers are told when there is too much of something.
class BudgetRepliesTest {
    private static final RawBytes EMPTY = RawBytes.utf8("{}");

    @Test
    void uploadsThatAreBegunAndNotGoneOnWithAreRefusedAfterAWhile() {
        RegistrySettings few =
                RegistrySettings.DEFAULT.withLimits(RegistryLimits.DEFAULT.withSessions(100, 3, Duration.ofMinutes(5)));
        try (EmbeddedRegistry registry =
                EmbeddedRegistry.configure().withSettings(few).start()) {
            Calls calls = Calls.to(registry.uri());
            String first = calls.startUpload("app");
            calls.startUpload("app");
            calls.startUpload("app");

            Reply refused = calls.post(uploads("app")).expectError(429, "TOOMANYREQUESTS");
            assertThat(refused.header("Retry-After")).isNotEmpty();

            calls.patch(first, RawBytes.utf8("a byte")).expect(202);
            calls.startUpload("app");
        }
    }

    private static RawBytes referrer(Digest subject, Digest config, String type, String text) {
        return RawBytes.utf8(
                """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[],
                 "subject":{"mediaType":"%s","digest":"%s","size":2},"annotations":{"text":"%s"}}""".formatted(MediaType.OCI_MANIFEST, type, config, MediaType.OCI_MANIFEST, subject, text));
    }

    private static List<Descriptor> list(Calls calls, String path, List<Integer> pages) {
        List<Descriptor> all = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Reply reply = calls.get(next.get()).expect(200);
            RawBytes body = RawBytes.copyOf(reply.body());
            assertThat(body.size()).isLessThanOrEqualTo(Manifest.LARGEST);
            List<Descriptor> page = ((Manifest.Index) Manifest.parse(MediaType.OCI_INDEX, body)).manifests();
            pages.add(page.size());
            all.addAll(page);
            next = reply.find("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
        return all;
    }

    @Test
    void referrersFillAPageUpToWhatAManifestMayHave() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Calls calls = Calls.to(registry.uri());
            Digest config = calls.push("app", EMPTY);
            Digest subject = RawBytes.utf8("a subject").sha256();
            for (int i = 0; i < 5; i++) {
                RawBytes large = referrer(subject, config, "a/large", i + "x".repeat(1_900_000));
                calls.putManifest("app", large.sha256().toString(), MediaType.OCI_MANIFEST, large)
                        .expect(201);
            }
            List<Integer> pages = new ArrayList<>();
            List<Descriptor> all = list(calls, "/v2/app/referrers/" + subject, pages);
            assertThat(all)
                    .extracting(Descriptor::digest)
                    .doesNotHaveDuplicates()
                    .hasSize(5);
            assertThat(pages).containsExactly(2, 2, 1);
        }
    }

    @Test
    void referrersAreFilteredBeforeAPageIsFilled() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Calls calls = Calls.to(registry.uri());
            Digest config = calls.push("app", EMPTY);
            Digest subject = RawBytes.utf8("a subject").sha256();
            for (int i = 0; i < 20; i++) {
                RawBytes one = referrer(subject, config, i % 10 == 0 ? "a/wanted" : "a/other", "" + i);
                calls.putManifest("app", one.sha256().toString(), MediaType.OCI_MANIFEST, one)
                        .expect(201);
            }
            List<Integer> pages = new ArrayList<>();
            List<Descriptor> wanted = list(calls, "/v2/app/referrers/" + subject + "?artifactType=a/wanted", pages);
            assertThat(wanted).hasSize(2);
            assertThat(pages).containsExactly(2);
        }
    }
}
