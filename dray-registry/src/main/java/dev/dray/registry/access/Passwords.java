package dev.dray.registry.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.dray.http.ClientAddress;
import dev.dray.model.DrayException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Verifies passwords against a password file.
///
/// One check of a bcrypt hash costs 60 to 250 ms of a core by design, and a push makes dozens of
/// requests, so what was verified is remembered for a while ([VerifiedPasswords]), and at most half of
/// the cores check at a time, in the order of a [CheckLine]. A wrong password costs the same work whatever the name:
/// that of the costliest hash in the file. Whoever guesses is turned away by [LoginLimits]. Like htpasswd, bcrypt sees
/// the first 72 bytes of a password.
///
/// Thread safe.
public final class Passwords implements Authenticator {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOBODY = "$2y$%02d$......................" + ".".repeat(31);

    private final Supplier<PasswordFile> file;
    private final VerifiedPasswords verified;
    private final LoginLimits limits;
    private final CheckLine line =
            new CheckLine(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    /// Requests of one push come together: one check serves all.
    private final Map<VerifiedPasswords.Key, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /// @param file supplies the file's current content
    public Passwords(Supplier<PasswordFile> file) {
        this(file, System::nanoTime);
    }

    Passwords(Supplier<PasswordFile> file, LongSupplier nanoTime) {
        this.file = file;
        this.verified = new VerifiedPasswords(Duration.ofMinutes(2), nanoTime);
        this.limits = new LoginLimits(nanoTime);
    }

    @Override
    public Caller authenticate(Credentials credentials, ClientAddress client) {
        PasswordFile users = file.get();
        Optional<String> known = users.hash(credentials.user());
        String hash = known.orElseGet(() -> NOBODY.formatted(users.cost()));
        if (!isVerified(credentials, hash, users.cost(), client) || known.isEmpty()) {
            throw new DrayException(DrayException.Kind.UNAUTHENTICATED, "the user name or the password is wrong");
        }
        return Caller.user(credentials.user());
    }

    private boolean isVerified(Credentials credentials, String hash, int costliest, ClientAddress client) {
        VerifiedPasswords.Key key = verified.key(credentials, hash);
        if (verified.contains(key)) {
            return true;
        }
        if (!limits.admits(client, credentials.user())) {
            throw tooMany();
        }
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> first = underWay.putIfAbsent(key, own);
        if (first != null) {
            return result(first);
        }
        try {
            boolean matches = verified.contains(key) || check(credentials, hash, costliest, client);
            if (matches) {
                verified.add(key);
                limits.succeeded(client, credentials.user());
            } else {
                limits.failed(client, credentials.user());
            }
            own.complete(matches);
            return matches;
        } catch (RuntimeException e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key);
        }
    }

    private static boolean result(CompletableFuture<Boolean> check) {
        try {
            return check.join();
        } catch (CompletionException e) {
            throw tooMany();
        }
    }

    private boolean check(Credentials credentials, String hash, int costliest, ClientAddress client) {
        if (!line.enter(client, limits.failures(client), PATIENCE)) {
            throw tooMany();
        }
        try {
            boolean matches = matches(credentials.password(), hash);
            if (!matches) {
                spend(credentials.password(), PasswordFile.cost(hash), costliest);
            }
            return matches;
        } finally {
            line.leave();
        }
    }

    /// Costs what is missing to the costliest hash: each cost is twice the work of the one before, so that those from
    /// `cost` on to the one below make up the difference.
    private static void spend(String password, int cost, int costliest) {
        for (int missing = cost; missing < costliest; missing++) {
            var _ = matches(password, NOBODY.formatted(missing));
        }
    }

    private static boolean matches(String password, String hash) {
        return BCrypt.verifyer(BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
                .verify(password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }

    private static DrayException tooMany() {
        return new DrayException(
                DrayException.Kind.UNAVAILABLE, "too many passwords were tried or are being checked, try again later");
    }
}
