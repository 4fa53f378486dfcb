package dev.dray.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// A token server that grants every requested scope to one user, and checks that requests bring a token that covers
/// them.
record TestTokens(Optional<String> login, String address, Map<String, List<String>> issued) {
    TestTokens(Optional<String> login, String address) {
        this(login, address, new ConcurrentHashMap<>());
    }

    void issue(Answer answer) throws IOException {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(login.orElse("").getBytes(StandardCharsets.UTF_8));
        if (!answer.requestHeader("Authorization").equals(Optional.of(expected))) {
            answer.send(401, "{\"details\":\"incorrect username or password\"}");
            return;
        }
        String token = UUID.randomUUID().toString();
        issued.put(token, answer.queries("scope"));
        answer.send(200, "{\"token\":\"" + token + "\",\"expires_in\":300}");
    }

    /// Answers 401 with a challenge unless the request is authorized.
    boolean allows(Answer answer, String repository, String action) throws IOException {
        if (login.isEmpty()) {
            return true;
        }
        List<String> scopes = answer.requestHeader("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> issued.get(value.substring(7)))
                .orElse(null);
        if (scopes != null && (repository.isEmpty() || isGranted(scopes, repository, action))) {
            return true;
        }
        String challenge = "Bearer realm=\"" + address + "/token\",service=\"memory\"";
        answer.header(
                "WWW-Authenticate",
                repository.isEmpty()
                        ? challenge
                        : challenge + ",scope=\"repository:" + repository + ":" + action + "\"");
        answer.error(401, "UNAUTHORIZED", "authentication required", repository);
        return false;
    }

    private static boolean isGranted(List<String> scopes, String repository, String action) {
        String prefix = "repository:" + repository + ":";
        return scopes.stream()
                .filter(scope -> scope.startsWith(prefix))
                .anyMatch(scope ->
                        List.of(scope.substring(prefix.length()).split(",", -1)).contains(action));
    }
}
