package dev.dray.client.memory;

import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Facts in a JSON file, those of a host replaced as a whole: of two commands that learn of one host at once the later
/// one is kept. Guarded by its own lock.
final class FileMemory implements HostMemory {
    private static final int MOST_HOSTS = 100;

    private final Path file;
    private final Map<String, HostFacts> changed = new HashMap<>();
    private @Nullable Kept kept;

    FileMemory(Path file) {
        this.file = file;
    }

    /// What the file holds.
    ///
    /// @param hosts longest ago changed first
    private record Kept(String salt, Map<String, HostFacts> hosts) {}

    @Override
    public synchronized HostFacts of(String host) {
        HostFacts mine = changed.get(host);
        return mine != null ? mine : kept().hosts().getOrDefault(host, HostFacts.none());
    }

    @Override
    public synchronized void change(String host, UnaryOperator<HostFacts> change) {
        HostFacts before = of(host);
        HostFacts after = change.apply(before);
        if (!after.equals(before)) {
            changed.put(host, after);
        }
    }

    @Override
    public synchronized String salt() {
        return kept().salt();
    }

    @Override
    public synchronized void flush() {
        if (changed.isEmpty()) {
            return;
        }
        Kept mine = kept();
        Kept now = read(Optional.of(mine.salt()));
        Map<String, HostFacts> hosts = new LinkedHashMap<>(now.hosts());
        changed.forEach((host, facts) -> {
            hosts.remove(host);
            hosts.put(host, facts);
        });
        while (hosts.size() > MOST_HOSTS) {
            hosts.remove(hosts.keySet().iterator().next());
        }
        kept = new Kept(now.salt(), hosts);
        changed.clear();
        write(new Kept(now.salt(), hosts));
    }

    private Kept kept() {
        Kept known = kept;
        if (known == null) {
            known = read(Optional.empty());
            kept = known;
        }
        return known;
    }

    /// @param salt for a file that has none; empty: a new one is made
    private Kept read(Optional<String> salt) {
        try {
            JsonObject document = Json.parseObject(Files.readAllBytes(file), JsonLimits.MESSAGE, file.toString());
            Map<String, HostFacts> hosts = new LinkedHashMap<>();
            document.object("hosts")
                    .ifPresent(all -> all.members()
                            .forEach((host, facts) ->
                                    facts.asObject().ifPresent(object -> hosts.put(host, FactsJson.read(object)))));
            return new Kept(document.text("salt").or(() -> salt).orElseGet(ProcessMemory::newSalt), hosts);
        } catch (IOException | DrayException | IllegalArgumentException e) {
            return new Kept(salt.orElseGet(ProcessMemory::newSalt), Map.of());
        }
    }

    private void write(Kept all) {
        JsonValue.ObjectBuilder hosts = JsonValue.object();
        all.hosts().forEach((host, facts) -> hosts.put(host, FactsJson.write(facts)));
        byte[] bytes = Json.write(JsonValue.object()
                        .put("salt", all.salt())
                        .put("hosts", hosts.build())
                        .build())
                .toByteArray();
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path temporary = Files.createTempFile(folder, "registries", ".new"); // 0600
            try {
                Files.write(temporary, bytes);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            // Only a hint is lost.
        }
    }
}
