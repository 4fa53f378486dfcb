package dev.dray.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import dev.dray.testkit.MemoryRegistry.Checks;
import dev.dray.testkit.MemoryRegistry.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The routes of [MemoryRegistry].
final class RegistryRoutes {
    private static final Pattern ROUTE = Pattern.compile("/v2/(.+)/(blobs/uploads|blobs|manifests|tags)/(.*)");

    private final Behaviour behaviour;
    private final TestTokens tokens;
    private final Map<String, Map<Digest, RawBytes>> blobs = new ConcurrentHashMap<>();
    private final Map<String, Map<Digest, Stored>> manifests = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Digest>> tags = new ConcurrentHashMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final List<String> incompleteTags = new CopyOnWriteArrayList<>();

    RegistryRoutes(Behaviour behaviour, String address) {
        this.behaviour = behaviour;
        this.tokens = new TestTokens(behaviour.login(), address);
    }

    Map<Digest, RawBytes> blobs(String repository) {
        return blobs.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
    }

    Map<String, Digest> tags(String repository) {
        return tags.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
    }

    private Map<Digest, Stored> manifests(String repository) {
        return manifests.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
    }

    void handle(HttpExchange exchange) throws IOException {
        Answer answer = new Answer(exchange);
        if (behaviour.dray()) {
            answer.header("Dray-Version", "1");
        }
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/token")) {
            tokens.issue(answer);
            return;
        }
        if (path.equals("/v2/")) {
            if (tokens.allows(answer, "", "")) {
                answer.send(200, "{}");
            }
            return;
        }
        Matcher route = ROUTE.matcher(path);
        if (!route.matches()) {
            answer.error(404, "NAME_UNKNOWN", "no such path", path);
            return;
        }
        String repository = route.group(1);
        String action = answer.isReading() ? "pull" : "push";
        if (tokens.allows(answer, repository, action)) {
            dispatch(answer, repository, route.group(2), route.group(3));
        }
    }

    private void dispatch(Answer answer, String repository, String what, String rest) throws IOException {
        switch (answer.method() + " " + what) {
            case "GET blobs", "HEAD blobs" -> blob(answer, repository, Digest.parse(rest));
            case "POST blobs/uploads" -> open(answer, repository);
            case "PUT blobs/uploads" -> finish(answer, repository, rest);
            case "GET manifests", "HEAD manifests" -> manifest(answer, repository, rest);
            case "PUT manifests" -> put(answer, repository, rest);
            case "DELETE manifests" -> delete(answer, repository, rest);
            case "GET tags" -> tagList(answer, repository);
            default -> answer.error(405, "UNSUPPORTED", "not here", what);
        }
    }

    private void blob(Answer answer, String repository, Digest digest) throws IOException {
        RawBytes bytes = blobs(repository).get(digest);
        if (bytes == null || behaviour.unreadable().contains(repository)) {
            answer.error(404, "BLOB_UNKNOWN", "blob unknown to registry", digest.toString());
            return;
        }
        answer.header("Docker-Content-Digest", digest.toString());
        answer.content(bytes);
    }

    private void open(Answer answer, String repository) throws IOException {
        Optional<String> mount = answer.query("mount");
        Optional<String> digest = answer.query("digest");
        if (mount.isPresent()
                && link(
                        repository,
                        Digest.parse(mount.get()),
                        answer.query("from").orElse(""))) {
            answer.send(201, "");
            return;
        }
        if (digest.isPresent() && behaviour.dray()) {
            keep(answer, repository, Digest.parse(digest.get()));
            return;
        }
        byte[] lost = answer.body();
        String session = UUID.randomUUID().toString();
        sessions.put(session, repository);
        answer.header("Location", "/v2/" + repository + "/blobs/uploads/" + session + "?_state=" + lost.length);
        answer.send(202, "");
    }

    private boolean link(String repository, Digest digest, String from) {
        RawBytes bytes = blobs(from).get(digest);
        if (bytes == null || behaviour.unreadable().contains(from)) {
            return false;
        }
        blobs(repository).put(digest, bytes);
        return true;
    }

    private void finish(Answer answer, String repository, String session) throws IOException {
        if (!repository.equals(sessions.remove(session))
                || answer.query("_state").isEmpty()) {
            answer.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry", session);
            return;
        }
        keep(answer, repository, Digest.parse(answer.query("digest").orElse("")));
    }

    private void keep(Answer answer, String repository, Digest digest) throws IOException {
        RawBytes bytes = RawBytes.copyOf(answer.body());
        if (!bytes.digest(digest.algorithm()).equals(digest)) {
            answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content", digest.toString());
            return;
        }
        blobs(repository).put(digest, bytes);
        answer.header("Docker-Content-Digest", digest.toString());
        answer.send(201, "");
    }

    private Optional<Digest> resolve(String repository, String name) {
        return name.indexOf(':') > 0
                ? Optional.of(Digest.parse(name))
                : Optional.ofNullable(tags(repository).get(name));
    }

    private void manifest(Answer answer, String repository, String name) throws IOException {
        Optional<Digest> digest = resolve(repository, name);
        Stored stored = digest.map(manifests(repository)::get).orElse(null);
        if (stored == null || digest.isEmpty()) {
            answer.error(404, "MANIFEST_UNKNOWN", "manifest unknown", name);
            return;
        }
        answer.header("Content-Type", stored.type().value());
        answer.header("Docker-Content-Digest", digest.get().toString());
        answer.content(stored.raw());
    }

    private void put(Answer answer, String repository, String name) throws IOException {
        RawBytes raw = RawBytes.copyOf(answer.body());
        MediaType type = MediaType.parse(answer.requestHeader("Content-Type").orElse(""));
        Manifest manifest;
        try {
            manifest = Manifest.parse(type, raw);
        } catch (DrayException e) {
            answer.error(400, "MANIFEST_INVALID", "manifest invalid", e.getMessage());
            return;
        }
        Links links = new Links(repository, answer);
        List<Digest> missing = links.missing(manifest);
        if (!missing.isEmpty() && behaviour.checks() != Checks.NONE) {
            List<Digest> said = switch (behaviour.checks()) {
                case ALL -> missing;
                case FIRST -> missing.subList(0, 1);
                case SILENT, NONE -> List.of();
            };
            answer.errors(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", said);
            return;
        }
        links.apply();
        Digest digest = name.indexOf(':') > 0 ? Digest.parse(name) : raw.sha256();
        manifests(repository).put(digest, new Stored(type, raw));
        List<String> named = new ArrayList<>(behaviour.dray() ? answer.queries("tag") : List.of());
        if (!named.isEmpty()) {
            answer.header("OCI-Tag", String.join(", ", named));
        }
        if (name.indexOf(':') < 0) {
            named.add(name);
        }
        for (String tag : named) {
            if (!missing.isEmpty()) {
                incompleteTags.add(repository + ":" + tag);
            }
            tags(repository).put(tag, digest);
        }
        answer.header("Docker-Content-Digest", digest.toString());
        answer.send(201, "");
    }

    List<String> incompleteTags() {
        return incompleteTags;
    }

    /// What a manifest lacks, and what a Dray registry links for it when it lacks nothing else.
    private final class Links {
        private final String repository;
        private final List<String> sources;
        private final Map<Digest, RawBytes> newBlobs = new LinkedHashMap<>();
        private final Map<Digest, Stored> newManifests = new LinkedHashMap<>();

        Links(String repository, Answer answer) {
            this.repository = repository;
            this.sources = behaviour.dray()
                    ? Arrays.stream(answer.requestHeader("Dray-Link-From")
                                    .orElse("")
                                    .split(",", -1))
                            .map(String::strip)
                            .filter(source -> !behaviour.unreadable().contains(source))
                            .toList()
                    : List.of();
        }

        List<Digest> missing(Manifest manifest) {
            return switch (manifest) {
                case Manifest.Image image ->
                    image.blobs().stream()
                            .map(Descriptor::digest)
                            .filter(digest -> !blobs(repository).containsKey(digest) && !linkBlob(digest))
                            .distinct()
                            .toList();
                case Manifest.Index index ->
                    index.manifests().stream()
                            .map(Descriptor::digest)
                            .filter(digest -> !manifests(repository).containsKey(digest) && !linkManifest(digest))
                            .distinct()
                            .toList();
            };
        }

        private boolean linkBlob(Digest digest) {
            for (String source : sources) {
                RawBytes there = blobs(source).get(digest);
                if (there != null) {
                    newBlobs.put(digest, there);
                    return true;
                }
            }
            return false;
        }

        private boolean linkManifest(Digest digest) {
            for (String source : sources) {
                Stored there = manifests(source).get(digest);
                if (there != null && missing(there.parse()).isEmpty()) {
                    newManifests.put(digest, there);
                    return true;
                }
            }
            return false;
        }

        void apply() {
            blobs(repository).putAll(newBlobs);
            manifests(repository).putAll(newManifests);
        }
    }

    private void delete(Answer answer, String repository, String name) throws IOException {
        if (name.indexOf(':') < 0) {
            answer.send(tags(repository).remove(name) == null ? 404 : 202, "");
            return;
        }
        Digest digest = Digest.parse(name);
        tags(repository).values().removeIf(digest::equals);
        answer.send(manifests(repository).remove(digest) == null ? 404 : 202, "");
    }

    /// Pages of two tags, so that tests need few.
    private void tagList(Answer answer, String repository) throws IOException {
        String last = answer.query("last").orElse("");
        List<String> rest = new TreeMap<>(tags(repository))
                .keySet().stream().filter(tag -> tag.compareTo(last) > 0).toList();
        List<String> page = rest.stream().limit(2).toList();
        if (rest.size() > page.size()) {
            answer.header("Link", "</v2/" + repository + "/tags/list?n=2&last=" + page.getLast() + ">; rel=\"next\"");
        }
        answer.header("Content-Type", "application/json");
        answer.send(
                200,
                page.stream()
                        .map(tag -> "\"" + tag + "\"")
                        .collect(Collectors.joining(",", "{\"name\":\"" + repository + "\",\"tags\":[", "]}")));
    }
}
