package dev.dray.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    private static ErrorBody read(String body) {
        return ErrorBody.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void entriesAreReadWithWhateverDetail() {
        ErrorBody body = read("{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown\","
                + "\"detail\":\"sha256:00\"},{\"code\":\"DENIED\",\"detail\":{\"a\":[1]}}, 7]}");

        assertThat(body.errors())
                .containsExactly(
                        new OciError("MANIFEST_BLOB_UNKNOWN", "blob unknown", "sha256:00"),
                        new OciError("DENIED", "", "{\"a\":[1]}"));
        assertThat(body.text()).isEqualTo("blob unknown (and 1 more)");
    }

    @Test
    void aPageOfHtmlBecomesAShortLine() {
        ErrorBody body = read("<html><head><title>502 Bad Gateway</title></head>\n<body>" + "sorry ".repeat(500));

        assertThat(body.errors()).isEmpty();
        assertThat(body.text()).startsWith("502 Bad Gateway sorry").hasSizeLessThan(210);
    }

    @Test
    void wordsOfTokenServersAreFound() {
        assertThat(read("{\"details\":\"incorrect username or password\"}").text())
                .isEqualTo("incorrect username or password");
    }

    @FuzzTest(maxDuration = "10s")
    void foreignBodiesBecomeOneShortLine(FuzzedDataProvider data) {
        ErrorBody body = ErrorBody.read(data.consumeRemainingAsBytes());

        assertThat(body.text().chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(body.text()).hasSizeLessThan(230);
    }
}
