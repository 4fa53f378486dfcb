package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.dray.http.ClientAddress;
import dev.dray.model.DrayException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final ClientAddress HERE = new ClientAddress("127.0.0.1");

    private static String hash(String password) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
    }

    private static Passwords passwords(String user, String hash) {
        PasswordFile file = new PasswordFile(Map.of(user, hash));
        return new Passwords(() -> file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2y$", "$2a$", "$2b$"})
    void bcryptOfEveryAgeIsTaken(String prefix) {
        Passwords passwords = passwords("ann", hash("s3cret:päss").replace("$2y$", prefix));
        assertThat(passwords.authenticate(new Credentials("ann", "s3cret:päss"), HERE))
                .isEqualTo(Caller.user("ann"));
    }

    @Test
    void hashMadeByAnotherLibraryIsTaken() {
        Passwords passwords = passwords("ann", "$2y$04$abcdefghijklmnopqrstuu8wkw12QyDc.4XJF/zLPLx4K6vWRWzxS");
        assertThat(passwords.authenticate(new Credentials("ann", "pässword:1"), HERE))
                .isEqualTo(Caller.user("ann"));
    }

    @Test
    void wrongPasswordAndUnknownUserAreRefusedAlike() {
        Passwords passwords = passwords("ann", hash("right"));
        assertThatThrownBy(() -> passwords.authenticate(new Credentials("ann", "wrong"), HERE))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.UNAUTHENTICATED))
                .hasMessage("the user name or the password is wrong");
        assertThatThrownBy(() -> passwords.authenticate(new Credentials("nobody", "right"), HERE))
                .hasMessage("the user name or the password is wrong");
    }

    @Test
    void passwordLongerThanBcryptReadsIsCutAsHtpasswdDoes() {
        String first72 = "x".repeat(72);
        Passwords passwords = passwords(
                "ann",
                BCrypt.with(BCrypt.Version.VERSION_2Y_NO_NULL_TERMINATOR)
                        .hashToString(4, first72.toCharArray())
                        .replace("$2$", "$2y$"));
        assertThat(passwords.authenticate(new Credentials("ann", first72 + "tail"), HERE))
                .isEqualTo(Caller.user("ann"));
    }

    @Test
    void changedHashForgetsWhatWasVerified() {
        AtomicReference<PasswordFile> file = new AtomicReference<>(new PasswordFile(Map.of("ann", hash("old"))));
        Passwords passwords = new Passwords(file::get);
        passwords.authenticate(new Credentials("ann", "old"), HERE);
        file.set(new PasswordFile(Map.of("ann", hash("new"))));
        assertThatThrownBy(() -> passwords.authenticate(new Credentials("ann", "old"), HERE))
                .isInstanceOf(DrayException.class);
        assertThat(passwords.authenticate(new Credentials("ann", "new"), HERE)).isEqualTo(Caller.user("ann"));
    }

    @Test
    void verifiedPasswordIsForgottenAfterItsTime() {
        AtomicLong now = new AtomicLong();
        VerifiedPasswords verified = new VerifiedPasswords(Duration.ofSeconds(2), now::get);
        VerifiedPasswords.Key key = verified.key(new Credentials("ann", "a"), "hash");
        verified.add(key);
        assertThat(verified.contains(verified.key(new Credentials("ann", "a"), "hash")))
                .isTrue();
        assertThat(verified.contains(verified.key(new Credentials("ann", "b"), "hash")))
                .isFalse();
        now.set(Duration.ofSeconds(2).toNanos());
        assertThat(verified.contains(key)).isFalse();
    }

    @Test
    void verifiedPasswordsAreBounded() {
        VerifiedPasswords verified = new VerifiedPasswords(Duration.ofHours(1), System::nanoTime);
        VerifiedPasswords.Key first = verified.key(new Credentials("first", ""), "");
        verified.add(first);
        for (int i = 0; i < VerifiedPasswords.MOST; i++) {
            verified.add(verified.key(new Credentials("user" + i, ""), ""));
        }
        assertThat(verified.contains(first)).isFalse();
    }

    @Test
    void credentialsNeverShowThePassword() {
        assertThat(new Credentials("ann", "topsecret").toString()).doesNotContain("topsecret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer abc",
                "Basic",
                "Basic !!!",
                "Basic YW5u",
                "Basic Onh4",
                "Basic gP8=",
                "Basic YQpiOmM="
            })
    void malformedHeaderIsUnauthenticated(String header) {
        assertThatThrownBy(() -> Credentials.parse(header))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.UNAUTHENTICATED));
    }

    @Test
    void passwordMayHoldColonsAndUnicode() {
        String pair = java.util.Base64.getEncoder().encodeToString("ann:a:ü".getBytes(StandardCharsets.UTF_8));
        assertThat(Credentials.parse("basic  " + pair)).isEqualTo(new Credentials("ann", "a:ü"));
    }
}
