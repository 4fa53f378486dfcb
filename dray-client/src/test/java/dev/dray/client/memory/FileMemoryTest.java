package dev.dray.client.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMemoryTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final HostFacts FACTS = HostFacts.none()
            .withScheme(Optional.of("http"))
            .withChallenged(new Challenged.Bearer("http://127.0.0.1/token", Optional.of("memory")))
            .withDray(true, NOON)
            .withStrictness(MediaType.OCI_MANIFEST, Strictness.STRICT, NOON)
            .withStrictness(MediaType.OCI_INDEX, Strictness.LAX, NOON)
            .withTag("team/app:1", RawBytes.utf8("x").sha256())
            .withToken(
                    new SavedToken("who", List.of("repository:team/app:pull"), "secret", NOON.plusSeconds(60)), NOON);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("dray/registries.json");
    }

    @Test
    void whatWasLearntIsThereInTheNextCommand() {
        HostMemory memory = HostMemory.inFile(file);
        memory.change("host", _ -> FACTS);
        memory.flush();

        assertThat(HostMemory.inFile(file).of("host")).isEqualTo(FACTS);
        assertThat(HostMemory.inFile(file).salt()).isEqualTo(memory.salt());
        assertThat(HostMemory.inFile(file).of("other")).isEqualTo(HostFacts.none());
    }

    @Test
    void theOwnerAloneReadsIt() throws IOException {
        HostMemory memory = HostMemory.inFile(file);
        memory.change("host", _ -> FACTS);
        memory.flush();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("dray"))) {
            assertThat(files).containsExactly(file);
        }
        assertThat(FACTS.toString()).doesNotContain("secret");
    }

    @Test
    void twoCommandsAtOnceKeepWhatEachLearntOfItsHost() {
        HostMemory one = HostMemory.inFile(file);
        HostMemory other = HostMemory.inFile(file);
        one.change("one", _ -> FACTS);
        other.change("other", _ -> FACTS);
        one.flush();
        other.flush();

        HostMemory next = HostMemory.inFile(file);
        assertThat(List.of(next.of("one"), next.of("other"))).containsOnly(FACTS);
    }

    @Test
    void aFileThatIsNoneOfOursCountsAsEmpty() throws IOException {
        Files.createDirectories(folder.resolve("dray"));
        for (String text : List.of("", "{", "{\"hosts\":{\"host\":{\"tags\":{\"a:b\":\"sha256:short\"}}}}")) {
            Files.writeString(file, text);
            assertThat(HostMemory.inFile(file).of("host")).isEqualTo(HostFacts.none());
        }
    }

    @Test
    void whatCannotBeWrittenIsForgotten() throws IOException {
        Files.createFile(folder.resolve("dray"));
        HostMemory memory = HostMemory.inFile(file);
        memory.change("host", _ -> FACTS);
        memory.flush();

        assertThat(memory.of("host")).isEqualTo(FACTS);
    }

    @Test
    void whatIsKeptIsBounded() {
        HostFacts many = FACTS;
        for (int number = 0; number < 600; number++) {
            many = many.withTag("team/app:" + number, RawBytes.utf8("x").sha256());
        }
        assertThat(many.tags()).hasSize(500).containsKey("team/app:599").doesNotContainKey("team/app:1");

        HostMemory memory = HostMemory.inFile(file);
        IntStream.range(0, 120).forEach(number -> {
            memory.change("host" + number, _ -> FACTS);
            memory.flush();
        });
        assertThat(HostMemory.inFile(file).of("host119")).isEqualTo(FACTS);
        assertThat(HostMemory.inFile(file).of("host0")).isEqualTo(HostFacts.none());
    }
}
