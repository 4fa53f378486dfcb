package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    @Test
    void sha256OfNothingIsWhatTheStandardSays() {
        assertThat(Digest.sha256(new byte[0]))
                .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void sha512OfNothingIsWhatTheStandardSays() {
        assertThat(RawBytes.utf8("").digest(Digest.Algorithm.SHA512))
                .hasToString("sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    }

    @Cases
    void textAndBytesComeBack(Draw draw) {
        byte[] hash = draw.bytes(32, 32);
        Digest digest = Digest.of(Digest.Algorithm.SHA256, hash);
        assertThat(digest.toByteArray()).isEqualTo(hash);
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest).hasSameHashCodeAs(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256",
                "sha256:",
                ":abc",
                "sha256:ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
                "sha256:abcdef",
                "sha256:../../../../etc/passwd",
                "sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c",
                "SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
            })
    void refusesWhatIsNotADigest(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(DrayException.class);
    }

    @Test
    void rawBytesCannotBeChangedFromOutside() {
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
        RawBytes raw = RawBytes.copyOf(bytes);
        bytes[0] = 'x';
        raw.toByteArray()[1] = 'x';
        assertThat(raw).hasToString("abc").isEqualTo(RawBytes.utf8("abc"));
    }
}
