package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/// The reader alone, without the decoder in front of it, which rejects some of the same heads.
final class HeadReaderTest {
    private static HttpRequest put(String... fields) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/");
        request.headers().add("Host", "a");
        for (int i = 0; i < fields.length; i += 2) {
            request.headers().add(fields[i], fields[i + 1]);
        }
        return request;
    }

    private static void assertRefused(HttpRequest request) {
        assertThatThrownBy(() -> HeadReader.read(request))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void chunkedBodyHasNoAnnouncedLength() throws Refused {
        assertThat(HeadReader.bodyLength(HeadReader.read(put("Transfer-Encoding", "chunked"))))
                .isEmpty();
    }

    @Test
    void lengthBesideChunksIsRefused() {
        assertRefused(put("Transfer-Encoding", "chunked", "Content-Length", "5"));
    }

    @Test
    void twoLengthsAreRefusedThoughTheyAgree() {
        assertRefused(put("Content-Length", "5", "Content-Length", "5"));
    }
}
