package dev.dray.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    private static final URI BASE = URI.create("https://registry.example.org/v2/a/blobs/uploads/");

    @ParameterizedTest
    @CsvSource({
        "/v2/a/blobs/uploads/1?_state=x%2Fy%3D, https://registry.example.org/v2/a/blobs/uploads/1?_state=x%2Fy%3D,"
                + " true",
        "1?s=1#top, https://registry.example.org/v2/a/blobs/uploads/1?s=1, true",
        "https://registry.example.org:443/u, https://registry.example.org:443/u, true",
        "https://registry.example.org:444/u, https://registry.example.org:444/u, false",
        "//storage.example.org/u?sig=1, https://storage.example.org/u?sig=1, false"
    })
    void leadsWithItsQueryKept(String text, String address, boolean sameOrigin) {
        Location location = Location.resolve(BASE, text);

        assertThat(location.uri()).hasToString(address);
        assertThat(location.sameOrigin()).isEqualTo(sameOrigin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry.example.org/u",
                "ftp://registry.example.org/u",
                "https://ann:secret@registry.example.org/u",
                "file:///etc/passwd",
                "https:///u",
                "a b",
                ""
            })
    void isNotFollowed(String text) {
        assertThatThrownBy(() -> Location.resolve(BASE, text))
                .isInstanceOf(DrayException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"/u, /u?digest=d", "/u?s=1, /u?s=1&digest=d"})
    void takesOneParameterMore(String text, String expected) {
        assertThat(Location.resolve(BASE, text).with("digest", "d"))
                .hasToString("https://registry.example.org" + expected);
    }

    @FuzzTest(maxDuration = "10s")
    void foreignLocationsLeadToHttpsOrNowhere(FuzzedDataProvider data) {
        try {
            Location location = Location.resolve(BASE, data.consumeRemainingAsString());
            assertThat(location.uri()).hasScheme("https").hasNoFragment().hasNoUserInfo();
            assertThat(location.with("digest", "sha256:0").getRawQuery()).endsWith("digest=sha256:0");
        } catch (DrayException e) {
            assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID);
        }
    }
}
