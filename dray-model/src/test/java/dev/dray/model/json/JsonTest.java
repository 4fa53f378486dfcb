package dev.dray.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static JsonValue parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "test");
    }

    @Cases
    void anyTextComesBack(Draw draw) {
        char last = draw.oneOf('\u007f', '\u00ff', '\uffff');
        String text = draw.text(0, 255, '\0', last).replaceAll("[\\ud800-\\udfff]", "");
        JsonValue value = JsonValue.object().put("k", text).build();
        assertThat(Json.parse(Json.write(value).toByteArray(), JsonLimits.MESSAGE, "test"))
                .isEqualTo(value);
    }

    @Test
    void numbersKeepTheirLiteral() {
        assertThat(Json.write(parse("[1, 1.50, 12345678901234567890123, 1e3]")))
                .hasToString("[1,1.50,12345678901234567890123,1e3]");
    }

    @Test
    void refusesMoreValuesThanTheLimit() {
        assertThatThrownBy(() -> parse("[" + "1,".repeat(60_000) + "1]")).hasMessageContaining("values");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}, JsonLimits.MESSAGE, "reply"))
                .hasMessage("reply is not valid JSON: it is not UTF-8");
    }

    @Test
    void messagesHoldNothingThatATerminalObeys() {
        assertThatThrownBy(() -> parse("u\u001b\u009b\u0007"))
                .hasMessageStartingWith("test is not valid JSON")
                .hasMessageMatching("[\\x20-\\x7e]+");
    }

    @Test
    void refusesOtherEncodingsThatAParserMightGuess() {
        for (Charset other : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            assertThatThrownBy(() -> Json.parse("{\"a\":1}".getBytes(other), JsonLimits.MESSAGE, "reply"))
                    .hasMessageStartingWith("reply is not valid JSON");
        }
    }

    @Test
    void nestsAsDeepAsTheLimitAndNoDeeper() {
        int depth = JsonLimits.MESSAGE.depth();
        assertThat(parse("[".repeat(depth) + "]".repeat(depth))).isNotNull();
        assertThatThrownBy(() -> parse("[".repeat(depth + 1) + "]".repeat(depth + 1)))
                .hasMessage("test is not valid JSON: it nests deeper than 32");
        assertThatThrownBy(() -> parse("{\"a\":".repeat(depth + 1))).hasMessageContaining("deeper");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(parse("\ufeff[1]")).isEqualTo(parse("[1]"));
    }

    @Test
    void refusesMoreBehindTheEnd() {
        assertThatThrownBy(() -> parse("{} {}")).hasMessageContaining("behind its end");
    }

    @Test
    void settingsArePrintedAsDockerPrintsThem() {
        JsonValue value = JsonValue.object()
                .put(
                        "auths",
                        JsonValue.object().put("h", JsonValue.object().build()).build())
                .put("list", JsonValue.array(List.of(JsonValue.of(1), JsonValue.of(true))))
                .build();
        assertThat(Json.writePretty(value))
                .hasToString("{\n\t\"auths\": {\n\t\t\"h\": {}\n\t},\n\t\"list\": [\n\t\t1,\n\t\ttrue\n\t]\n}\n");
    }

    @Test
    void membersKeepTheirOrderWhenOneIsSet() {
        JsonValue.JsonObject object = parse("{\"b\":1,\"a\":2}").asObject().orElseThrow();
        assertThat(Json.write(object.with("b", JsonValue.of("x")).with("c", JsonValue.of(3))))
                .hasToString("{\"b\":\"x\",\"a\":2,\"c\":3}");
    }
}
