package dev.dray.registry.access;

import dev.dray.model.DrayException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// A name and a password, as the Basic scheme carries them (RFC 7617).
public record Credentials(String user, String password) {
    private static final String SCHEME = "basic ";
    private static final int LONGEST = 8 << 10;

    /// Reads the value of an `Authorization` header.
    ///
    /// @throws DrayException of kind UNAUTHENTICATED when it is not of the Basic scheme, or malformed
    public static Credentials parse(String header) {
        if (header.length() > LONGEST || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw malformed("only the Basic scheme is understood");
        }
        String pair = decode(header.substring(SCHEME.length()).strip());
        int colon = pair.indexOf(':');
        if (colon < 0 || (colon == 0 && pair.length() > 1) || pair.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw malformed("the Basic credentials are malformed");
        }
        return new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
    }

    /// True for an empty name and password, which podman and skopeo send when they have no credentials.
    boolean isNone() {
        return user.isEmpty() && password.isEmpty();
    }

    private static String decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed("the Basic credentials are malformed");
        }
    }

    private static DrayException malformed(String why) {
        return new DrayException(DrayException.Kind.UNAUTHENTICATED, why);
    }

    /// The name alone; never shows the password.
    @Override
    public String toString() {
        return user + ":(redacted)";
    }
}
