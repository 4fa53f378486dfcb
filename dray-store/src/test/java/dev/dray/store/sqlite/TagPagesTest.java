package dev.dray.store.sqlite;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import dev.dray.store.Samples;
import dev.dray.store.catalog.Tags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Pages of tags, one after the other, are all tags, each once, in the order of their bytes.
class TagPagesTest {
    private static final Manifest IMAGE = Samples.image(Digest.sha256(new byte[] {1}), List.of());
    private static final Digest DIGEST = IMAGE.raw().sha256();

    private static final Path FOLDER = folder();
    private static final SqliteCatalog CATALOG =
            SqliteCatalog.open(FOLDER.resolve("store.db"), Map.of("kind", "test"), InstantSource.system());

    private static Path folder() {
        try {
            return Files.createTempDirectory("tag-pages");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void putManifest() {
        CATALOG.change(tx -> tx.repository(APP).manifests().put(DIGEST, IMAGE));
    }

    @AfterAll
    static void close() throws IOException {
        CATALOG.close();
        Files.delete(FOLDER.resolve("store.db"));
        Files.delete(FOLDER);
    }

    @Cases(50)
    void pagesAreAllTagsInOrder(Draw draw) {
        Set<String> tags = tags(draw);
        int limit = draw.between(1, 12);
        CATALOG.change(tx -> {
            tx.repository(APP).tags().of(DIGEST).forEach(tx.repository(APP).tags()::delete);
            tags.forEach(tag -> tx.repository(APP).tags().set(new Tag(tag), DIGEST));
        });

        List<String> sorted = tags.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(
                        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII)))
                .toList();
        assertThat(pages(limit)).isEqualTo(sorted);
    }

    private static List<String> pages(int limit) {
        List<String> all = new ArrayList<>();
        Optional<Tag> last = Optional.empty();
        while (true) {
            Optional<Tag> after = last;
            List<Tags.Entry> page = CATALOG.read(tx -> tx.repository(APP).tags().list(after, limit));
            if (page.isEmpty()) {
                return all;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            page.forEach(entry -> all.add(entry.tag().value()));
            last = Optional.of(page.getLast().tag());
        }
    }

    private static Set<String> tags(Draw draw) {
        String first = "abcABC09_";
        return Set.copyOf(draw.list(0, 40, () -> draw.text(1, 1, first) + draw.text(0, 3, first + ".-")));
    }
}
