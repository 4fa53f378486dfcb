package dev.dray.registry.access;

import dev.dray.http.ClientAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Who has guessed too often.
///
/// An address may fail thirty times, and then once in ten seconds. A name may be failed a hundred times, and then once
/// in two seconds; while it is guessed at like that, addresses that have failed lately are turned away, and others are
/// not: who owns the name must get in. An address from which the name logged in lately is never turned away. Thread
/// safe.
final class LoginLimits {
    static final int OF_AN_ADDRESS = 30;
    static final int OF_A_NAME = 100;

    private record Login(ClientAddress client, String name) {}

    private final LeakyCounts<ClientAddress> failuresOfAddresses;
    private final LeakyCounts<String> failuresOfNames;
    private final LeakyCounts<Login> successes;

    LoginLimits(LongSupplier nanoTime) {
        this.failuresOfAddresses = new LeakyCounts<>(Duration.ofSeconds(10), nanoTime);
        this.failuresOfNames = new LeakyCounts<>(Duration.ofSeconds(2), nanoTime);
        this.successes = new LeakyCounts<>(Duration.ofDays(1), nanoTime);
    }

    /// Whether a password of this name, sent from there, is checked at all.
    boolean admits(ClientAddress client, String name) {
        double failures = failures(client);
        boolean many = failures >= OF_AN_ADDRESS || (failures > 0 && failuresOfNames.of(name) >= OF_A_NAME);
        return !many || successes.of(new Login(client, name)) > 0;
    }

    /// How often an address has failed lately.
    double failures(ClientAddress client) {
        return failuresOfAddresses.of(client);
    }

    void failed(ClientAddress client, String name) {
        failuresOfAddresses.add(client);
        failuresOfNames.add(name);
    }

    void succeeded(ClientAddress client, String name) {
        if (successes.of(new Login(client, name)) < 1) {
            successes.add(new Login(client, name));
        }
    }
}
