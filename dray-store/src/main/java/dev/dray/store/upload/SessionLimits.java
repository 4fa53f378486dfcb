package dev.dray.store.upload;

import java.time.Duration;

/// How many sessions a process keeps in memory.
///
/// @param inMemory all together: beyond it no session is started, and idle ones that are on the disk are let go of,
///     to be read again when somebody goes on with them
/// @param emptyPerHolder those without a byte that one holder may have
/// @param emptyLifetime how long a session without a byte may lie idle
public record SessionLimits(int inMemory, int emptyPerHolder, Duration emptyLifetime) {
    static final SessionLimits NONE = new SessionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(365));
}
