package dev.dray.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A reply of a registry, with assertions for tests.
public record Reply(HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    public byte[] body() {
        return response.body();
    }

    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    public String header(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + response.headers()));
    }

    public Optional<String> find(String name) {
        return response.headers().firstValue(name);
    }

    /// The address of an upload, or of created content.
    public String location() {
        return header("Location");
    }

    public Reply expect(int status) {
        assertThat(status()).as(() -> this + ": " + text()).isEqualTo(status);
        return this;
    }

    public Reply expectDigest(Digest digest) {
        assertThat(header("Docker-Content-Digest")).isEqualTo(digest.toString());
        return this;
    }

    /// Asserts that the reply is an OCI error whose first code is this.
    public Reply expectError(int status, String code) {
        expect(status);
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(errors().getFirst().text("code")).contains(code);
        return this;
    }

    public JsonValue.JsonObject json() {
        return Json.parseObject(body(), JsonLimits.DOCUMENT, "reply");
    }

    public List<JsonValue.JsonObject> errors() {
        return json().array("errors").stream()
                .map(error -> error.asObject().orElseThrow())
                .toList();
    }

    /// Everything that must be equal in two replies that clients must not tell apart.
    public Map<String, List<String>> headersButDate() {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return headers;
    }

    @Override
    public String toString() {
        return response.request().method() + " " + response.uri() + " -> " + status();
    }
}
