package dev.dray.client.memory;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Facts in memory.
final class ProcessMemory implements HostMemory {
    private final Map<String, HostFacts> hosts = new ConcurrentHashMap<>();
    private @Nullable String salt;

    static String newSalt() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public HostFacts of(String host) {
        return hosts.getOrDefault(host, HostFacts.none());
    }

    @Override
    public void change(String host, UnaryOperator<HostFacts> change) {
        hosts.compute(host, (_, known) -> change.apply(Objects.requireNonNullElse(known, HostFacts.none())));
    }

    @Override
    public synchronized String salt() {
        String made = salt == null ? newSalt() : salt;
        salt = made;
        return made;
    }

    @Override
    public void flush() {}
}
