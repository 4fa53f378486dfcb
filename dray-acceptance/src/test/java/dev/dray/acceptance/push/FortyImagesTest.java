package dev.dray.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Many images over shared layers in one push (moby#12489): every blob is handled once, by the registry's own count.
class FortyImagesTest {
    private static final int IMAGES = 40;
    private static final int LAYERS = 10;
    private static final int BLOBS = IMAGES + LAYERS;

    @TempDir
    Path folder;

    @Test
    void everyBlobIsSentOnceAndLinkedOnce(TestReporter reporter) throws Exception {
        Path home = folder.resolve("home");
        BuiltCommand dray = BuiltCommand.at(home);
        List<String> log;
        try (DrayServer server = DrayServer.start(folder)) {
            List<String> first = names(server.host() + "/team-a/app");
            List<String> second = names(server.host() + "/team-b/app");
            TestImages.buildMany(home, LAYERS, first);
            push(dray, first);
            TestImages.tagMany(home, first, second);
            push(dray, second);
            server.stop();
            assertThat(events(server, "team-a/app", "uploaded")).hasSize(BLOBS).doesNotHaveDuplicates();
            assertThat(events(server, "team-a/app", "mounted")).isEmpty();
            assertThat(events(server, "team-b/app", "uploaded")).isEmpty();
            assertThat(events(server, "team-b/app", "mounted")).hasSize(BLOBS).doesNotHaveDuplicates();
            log = server.exchanges();
        }
        int secondPush = requestsUpToTheLastManifestOf("team-a/app", log);
        reporter.publishEntry("requests", "%d, then %d".formatted(secondPush, log.size() - secondPush));
        assertThat(secondPush).as("requests when all is new").isLessThanOrEqualTo(2 * BLOBS + IMAGES + 3);
        assertThat(log.size() - secondPush)
                .as("requests when all lies in another repository")
                .isLessThanOrEqualTo(BLOBS + IMAGES + 3);
    }

    private static void push(BuiltCommand dray, List<String> names) {
        List<String> arguments = new ArrayList<>(List.of("push", "--quiet"));
        arguments.addAll(names);
        assertThat(dray.print(arguments.toArray(String[]::new)).lines()).hasSize(IMAGES);
    }

    private static List<String> names(String repository) {
        return IntStream.rangeClosed(1, IMAGES)
                .mapToObj(number -> repository + ":" + number)
                .toList();
    }

    /// The digests of a repository's events of one kind.
    private static List<String> events(DrayServer server, String repository, String what) throws Exception {
        String part = " " + repository + ": " + what + " sha256:";
        return server.log(line -> line.contains(part)).stream()
                .map(line -> line.replaceAll(".*(sha256:[0-9a-f]{64}).*", "$1"))
                .toList();
    }

    /// The number of requests of the first push: each push ends with its manifests.
    private static int requestsUpToTheLastManifestOf(String repository, List<String> log) {
        return IntStream.range(0, log.size())
                        .filter(i -> log.get(i).contains("\"PUT /v2/" + repository + "/manifests/"))
                        .max()
                        .orElseThrow()
                + 1;
    }
}
