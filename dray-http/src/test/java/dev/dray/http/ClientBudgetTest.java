package dev.dray.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Who gets what when it is short.
final class ClientBudgetTest {
    private static final ClientAddress FARM = new ClientAddress("10.0.0.1");
    private static final ClientAddress OTHER = new ClientAddress("10.0.0.2");

    private final ClientBudget budget = new ClientBudget(100, 10);

    @Test
    void oneClientMayHaveThreeQuarters() {
        assertThat(budget.take(FARM, 75)).isTrue();
        assertThat(budget.take(FARM, 1)).isFalse();
        assertThat(budget.take(OTHER, 10)).isTrue();
        assertThat(budget.take(OTHER, 1)).isFalse();
    }

    @Test
    void whoHasNothingGetsSomethingThoughItIsMoreThanAShare() {
        assertThat(budget.take(FARM, 75)).isTrue();
        assertThat(budget.take(OTHER, 20)).isTrue();
    }

    @Test
    void moreThanThereEverIsCountsAsAllOfIt() {
        assertThat(budget.take(FARM, 1_000)).isTrue();
        assertThat(budget.take(OTHER, 1)).isFalse();
        budget.give(FARM, 1_000);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void waitingEndsWhenSomebodyGives() {
        assertThat(budget.take(FARM, 100)).isTrue();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> budget.takeWithin(Duration.ofSeconds(20), OTHER, 50));
        budget.give(FARM, 100);
        assertThat(waiting.join()).isTrue();
        assertThat(budget.takeWithin(Duration.ofMillis(20), FARM, 80)).isFalse();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() throws Exception {
        assertThat(client("2001:db8:1:2::1")).isEqualTo(client("2001:db8:1:2:ffff::9"));
        assertThat(client("2001:db8:1:2::1")).isNotEqualTo(client("2001:db8:1:3::1"));
        assertThat(client("10.0.0.1")).isEqualTo(FARM);
    }

    private static ClientAddress client(String address) throws Exception {
        return ClientAddress.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }
}
