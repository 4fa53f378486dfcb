package dev.dray.registry.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.dray.model.DrayException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Verifies passwords against a password file.
///
/// Checking a bcrypt hash costs 60 to 250 ms of a core by design, and a push makes dozens of requests. So verified
/// passwords are cached for a while ([VerifiedPasswords]), and at most half of the cores check at a time. An unknown
/// name costs as much as a wrong password. Like htpasswd, bcrypt sees the first 72 bytes of a password.
///
/// Thread safe.
public final class Passwords implements Authenticator {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOBODY = "$2y$%02d$......................" + ".".repeat(31);

    private final Supplier<PasswordFile> file;
    private final VerifiedPasswords verified;
    private final Semaphore checks =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /// @param file supplies the file's current content
    public Passwords(Supplier<PasswordFile> file) {
        this.file = file;
        this.verified = new VerifiedPasswords(Duration.ofMinutes(2), System::nanoTime);
    }

    @Override
    public Caller authenticate(Credentials credentials) {
        PasswordFile users = file.get();
        Optional<String> known = users.hash(credentials.user());
        String hash = known.orElseGet(() -> NOBODY.formatted(users.cost()));
        if (!isVerified(credentials, hash) || known.isEmpty()) {
            throw new DrayException(DrayException.Kind.UNAUTHENTICATED, "the user name or the password is wrong");
        }
        return Caller.user(credentials.user());
    }

    private boolean isVerified(Credentials credentials, String hash) {
        VerifiedPasswords.Key key = verified.key(credentials, hash);
        if (verified.contains(key)) {
            return true;
        }
        acquire();
        try {
            // Requests of one push come together: the first one to get here did the work for all.
            if (verified.contains(key)) {
                return true;
            }
            boolean matches = matches(credentials.password(), hash);
            if (matches) {
                verified.add(key);
            }
            return matches;
        } finally {
            checks.release();
        }
    }

    private static boolean matches(String password, String hash) {
        return BCrypt.verifyer(BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
                .verify(password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }

    private void acquire() {
        try {
            if (checks.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new DrayException(DrayException.Kind.UNAVAILABLE, "too many passwords are being checked, try again");
    }
}
