package dev.dray.engine.intake;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangesTest {
    private static String config(String... changes) {
        return Json.write(ConfigChanges.apply(List.of(changes))).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CMD [\"/bin/sh\", \"-l\"] | {\"Cmd\":[\"/bin/sh\",\"-l\"]}",
                "cmd echo  hi | {\"Cmd\":[\"/bin/sh\",\"-c\",\"echo  hi\"]}",
                "ENTRYPOINT [\"/init\"] | {\"Entrypoint\":[\"/init\"]}",
                "ENV A=1 B=\"two words\" C='x y' | {\"Env\":[\"A=1\",\"B=two words\",\"C=x y\"]}",
                "ENV A some = words | {\"Env\":[\"A=some = words\"]}",
                "ENV A=with\\ space | {\"Env\":[\"A=with space\"]}",
                "ENV A= | {\"Env\":[\"A=\"]}",
                "EXPOSE 80 53/udp 8000-8010 | {\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{},\"8000-8010/tcp\":{}}}",
                "VOLUME /data /logs | {\"Volumes\":{\"/data\":{},\"/logs\":{}}}",
                "VOLUME [\"/a b\"] | {\"Volumes\":{\"/a b\":{}}}",
                "LABEL a.b=c d=\"e f\" | {\"Labels\":{\"a.b\":\"c\",\"d\":\"e f\"}}",
                "USER 1000:1000 | {\"User\":\"1000:1000\"}",
                "WORKDIR /srv | {\"WorkingDir\":\"/srv\"}",
                "STOPSIGNAL SIGINT | {\"StopSignal\":\"SIGINT\"}"
            })
    void instructionMakesTheMember(String change, String config) {
        assertThat(config(change)).isEqualTo(config);
    }

    @Test
    void laterVariableReplacesTheEarlierOne() {
        assertThat(config("ENV A=1", "ENV B=2", "ENV A=3")).isEqualTo("{\"Env\":[\"B=2\",\"A=3\"]}");
    }

    @Test
    void labelsOfSeveralInstructionsAddUp() {
        assertThat(config("LABEL a=1", "LABEL b=2")).isEqualTo("{\"Labels\":{\"a\":\"1\",\"b\":\"2\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CMD",
                "RUN make",
                "CMD [\"a\"",
                "CMD [1]",
                "ENV =1",
                "ENV A",
                "ENV A=\"open",
                "ENV A=1 B",
                "EXPOSE http",
                "EXPOSE 80/sctpx",
                "LABEL x"
            })
    void whatIsNotUnderstoodIsRefusedInOneLine(String change) {
        assertThatThrownBy(() -> config(change))
                .satisfies(kind(DrayException.Kind.INVALID))
                .message()
                .hasLineCount(1);
    }
}
