package dev.dray.client.auth;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.Optional;

/// The reply of a token server.
///
/// @param value sent in `Authorization: Bearer`
/// @param lifetime counted from receipt; the server's clock is ignored
/// @param refresh an identity token, when one was requested and issued
record Token(String value, Duration lifetime, Optional<String> refresh) {
    static final int LARGEST = 1 << 20;
    private static final long SHORTEST_SECONDS = 60;
    private static final long LONGEST_SECONDS = 24 * 3600L;

    /// @throws DrayException of kind INVALID when it contains no token that is valid in a header
    static Token parse(byte[] body) {
        JsonObject reply = Json.parseObject(body, JsonLimits.MESSAGE, "the token server's reply");
        String value = reply.text("token")
                .filter(text -> !text.isEmpty())
                .or(() -> reply.text("access_token"))
                .orElse("");
        if (value.isEmpty() || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new DrayException(DrayException.Kind.INVALID, "the token server's reply has no usable token");
        }
        long seconds = reply.number("expires_in").orElse(SHORTEST_SECONDS);
        return new Token(
                value,
                Duration.ofSeconds(Math.clamp(seconds, SHORTEST_SECONDS, LONGEST_SECONDS)),
                reply.text("refresh_token").filter(text -> !text.isEmpty()));
    }

    @Override
    public String toString() {
        return "token ***";
    }
}
