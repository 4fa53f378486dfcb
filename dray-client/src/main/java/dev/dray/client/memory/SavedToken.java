package dev.dray.client.memory;

import java.time.Instant;
import java.util.List;

/// A token that may serve the next command too. Its text form never shows it.
///
/// @param holder fingerprint of the credentials that it was given for
/// @param scopes what it was asked to allow, as token servers write it
public record SavedToken(String holder, List<String> scopes, String value, Instant expires) {
    public SavedToken {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "token *** for " + scopes;
    }
}
