package dev.dray.registry.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Caches recently verified passwords as HMACs under a key that never leaves this process.
///
/// The HMAC covers the stored hash too, so changing a password invalidates its entry. Holds at most [#MOST] entries and
/// evicts the oldest first. Thread safe.
final class VerifiedPasswords {
    static final int MOST = 4096;
    private static final String MAC = "HmacSHA256";

    /// The HMAC of a name, a password and a stored hash.
    record Key(String hex) {}

    private final SecretKeySpec secret;
    private final long lifetimeNanos;
    private final LongSupplier nanoTime;
    private final Map<Key, Long> until = new LinkedHashMap<>();

    VerifiedPasswords(Duration lifetime, LongSupplier nanoTime) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, MAC);
        this.lifetimeNanos = lifetime.toNanos();
        this.nanoTime = nanoTime;
    }

    Key key(Credentials credentials, String hash) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            for (String part : new String[] {credentials.user(), credentials.password(), hash}) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return new Key(HexFormat.of().formatHex(mac.doFinal()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    synchronized boolean contains(Key key) {
        Long end = until.get(key);
        if (end != null && nanoTime.getAsLong() - end >= 0) {
            until.remove(key);
            return false;
        }
        return end != null;
    }

    synchronized void add(Key key) {
        until.remove(key);
        until.put(key, nanoTime.getAsLong() + lifetimeNanos);
        if (until.size() > MOST) {
            until.remove(until.keySet().iterator().next());
        }
    }
}
