package dev.dray.acceptance.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    Path folder;

    private BuiltCommand dray;

    @BeforeEach
    void useATempFolderOfItsOwn() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        dray = BuiltCommand.at(Files.createDirectory(folder.resolve("home")))
                .variable("DRAY_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    }

    @Test
    void theSecondPushMovesNoLayer() {
        Outcome outcome = dray.run("quickstart", "--format", "json").succeeded();
        JsonObject report = Json.parseObject(
                outcome.output().getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT, "quickstart's report");
        List<JsonObject> pushes =
                report.array("pushes").stream().map(JsonObject.class::cast).toList();
        assertThat(pushes).hasSize(2);
        assertThat(pushes.getFirst().number("bytesSent").orElseThrow()).isGreaterThan(50_000_000);
        assertThat(pushes.getFirst().number("layersUploaded").orElseThrow()).isGreaterThan(1);
        assertThat(pushes.getLast().number("bytesSent").orElseThrow()).isLessThan(10_000);
        assertThat(pushes.getLast().number("layersUploaded")).hasValue(0);
        assertThat(pushes.getLast().number("layersLinked"))
                .isEqualTo(pushes.getFirst().number("layersUploaded"));
        assertThat(report.number("digestsVerified").orElseThrow()).isGreaterThan(5);
        assertThat(report.number("failures")).hasValue(0);
    }

    @Test
    void theTableNamesBothPushesAndNothingIsLeftBehind() {
        Outcome outcome = dray.run("quickstart").succeeded();
        assertThat(outcome.output())
                .contains("PUSHED TO")
                .containsPattern("127\\.0\\.0\\.1:\\d+/team-a/app:1")
                .containsPattern("127\\.0\\.0\\.1:\\d+/team-b/app:1")
                .contains("0 failures");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(folder.resolve("home")).isEmptyDirectory();
    }
}
