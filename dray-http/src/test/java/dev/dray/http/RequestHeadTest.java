package dev.dray.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, queries and header fields as passed to handlers.
final class RequestHeadTest {

    @Test
    void escapedSlashStaysInItsSegment() {
        RequestPath path = RequestPath.parse("/v2/a%2Fb/%C3%A9/");

        assertThat(path.segments()).containsExactly("v2", "a/b", "é", "");
        assertThat(path).hasToString("/v2/a%2Fb/%C3%A9/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2", "/%", "/%2", "/%zz", "/%00", "/%ff", "/%C3"})
    void brokenPathIsRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void queryKeepsOrderAndRepetition() {
        Query query = RequestHead.of(Method.PUT, "/x?tag=b&digest=sha256%3Aab&tag=a+c&&flag")
                .query();

        assertThat(query.all("tag")).containsExactly("b", "a c");
        assertThat(query.first("digest")).contains("sha256:ab");
        assertThat(query.first("flag")).contains("");
        assertThat(query.first("none")).isEmpty();
    }

    @Test
    void headersAreFoundWhateverTheirCase() {
        Headers headers = Headers.empty()
                .and("Accept", "a")
                .and("accept", "b")
                .with("X", "1")
                .with("x", "2");

        assertThat(headers.all("ACCEPT")).containsExactly("a", "b");
        assertThat(headers.first("X")).contains("2");
        assertThat(headers.fields()).hasSize(3);
    }

    @Test
    void headerThatWouldSplitTheReplyCannotBeMade() {
        assertThatThrownBy(() -> Response.of(200).with("Location", "/a\r\nSet-Cookie: b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.empty().and("a b", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bodyInMemoryBehavesLikeOneFromTheWire() throws Exception {
        RequestBody body = RequestBody.of(new byte[] {1, 2, 3});
        int[] seen = new int[1];

        assertThat(body.drainTo(slab -> seen[0] += slab.remaining())).isEqualTo(3);
        assertThat(seen[0]).isEqualTo(3);
        assertThatThrownBy(() -> body.readAll(2)).isInstanceOf(BodyTooLarge.class);
    }
}
