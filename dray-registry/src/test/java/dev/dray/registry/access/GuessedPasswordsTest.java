package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.dray.http.ClientAddress;
import dev.dray.model.DrayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Somebody guesses.
@Timeout(120)
class GuessedPasswordsTest {
    private static final ClientAddress THERE = new ClientAddress("10.0.0.1");
    private static final ClientAddress HOME = new ClientAddress("10.0.0.2");

    private final AtomicLong now = new AtomicLong();

    private static String hash(String password, int cost) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(cost, password.toCharArray());
    }

    private Passwords passwords(PasswordFile file) {
        return new Passwords(() -> file, now::get);
    }

    private static DrayException.Kind kind(Passwords passwords, String name, String password, ClientAddress from) {
        try {
            passwords.authenticate(new Credentials(name, password), from);
            throw new AssertionError("it was taken");
        } catch (DrayException e) {
            return e.kind();
        }
    }

    private static long guessMillis(Passwords passwords, String name) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            kind(passwords, name, "wrong" + i, new ClientAddress(name + i));
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1_000_000;
    }

    @Test
    void wrongPasswordTakesAsLongWhateverTheName() {
        Passwords passwords = passwords(new PasswordFile(Map.of("cheap", hash("a", 5), "dear", hash("b", 10))));
        guessMillis(passwords, "dear"); // compiles
        long dear = guessMillis(passwords, "dear");
        assertThat(guessMillis(passwords, "cheap")).isBetween(dear / 3, dear * 3);
        assertThat(guessMillis(passwords, "nobody")).isBetween(dear / 3, dear * 3);
    }

    @Test
    void addressThatFailsTooOftenIsTurnedAwayAndOthersAreNot() {
        Passwords passwords = passwords(new PasswordFile(Map.of("ann", hash("right", 4), "bob", hash("his", 4))));
        for (int i = 0; i < LoginLimits.OF_AN_ADDRESS; i++) {
            assertThat(kind(passwords, "ann", "wrong" + i, THERE)).isEqualTo(DrayException.Kind.UNAUTHENTICATED);
        }
        assertThat(kind(passwords, "ann", "right", THERE)).isEqualTo(DrayException.Kind.UNAVAILABLE);
        assertThat(kind(passwords, "bob", "his", THERE)).isEqualTo(DrayException.Kind.UNAVAILABLE);
        assertThat(passwords.authenticate(new Credentials("ann", "right"), HOME))
                .isEqualTo(Caller.user("ann"));

        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(passwords.authenticate(new Credentials("bob", "his"), THERE)).isEqualTo(Caller.user("bob"));
    }

    @Test
    void addressFromWhichTheNameLoggedInLatelyIsNeverTurnedAway() {
        Passwords passwords = passwords(new PasswordFile(Map.of("ann", hash("right", 4))));
        passwords.authenticate(new Credentials("ann", "right"), THERE);
        for (int i = 0; i < LoginLimits.OF_AN_ADDRESS + 5; i++) {
            kind(passwords, "nobody", "wrong" + i, THERE);
        }
        now.addAndGet(Duration.ofMinutes(3).toNanos()); // beyond what is remembered of the password itself
        for (int i = 0; i < LoginLimits.OF_AN_ADDRESS + 5; i++) {
            kind(passwords, "nobody", "wrong again" + i, THERE);
        }
        assertThat(passwords.authenticate(new Credentials("ann", "right"), THERE))
                .isEqualTo(Caller.user("ann"));
    }

    @Test
    void nameThatManyGuessAtIsClosedToThoseWhoHaveFailed() {
        Passwords passwords = passwords(new PasswordFile(Map.of("ann", hash("right", 4))));
        for (int i = 0; i < LoginLimits.OF_A_NAME + 10; i++) {
            kind(passwords, "ann", "wrong" + i, new ClientAddress("10.1.0." + i));
        }
        assertThat(kind(passwords, "ann", "wrong", new ClientAddress("10.1.0.1")))
                .isEqualTo(DrayException.Kind.UNAVAILABLE);
        assertThat(passwords.authenticate(new Credentials("ann", "right"), HOME))
                .isEqualTo(Caller.user("ann"));
    }

    @Test
    void rightPasswordPassesALineOfWrongOnes() throws Exception {
        Passwords passwords = passwords(new PasswordFile(Map.of("ann", hash("right", 8))));
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(50);
        List<Thread> guessers = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            int number = i;
            guessers.add(Thread.ofVirtual().start(() -> {
                for (int guess = 0; !over.get(); guess++) {
                    begun.countDown();
                    kind(passwords, "ann", "wrong" + number + " " + guess, THERE);
                    pause();
                }
            }));
        }
        begun.await();
        try {
            long start = System.nanoTime();
            assertThat(passwords.authenticate(new Credentials("ann", "right"), HOME))
                    .isEqualTo(Caller.user("ann"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        } finally {
            over.set(true);
            for (Thread guesser : guessers) {
                guesser.join();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void lineIsShortAndOneAddressMayNotFillIt() throws Exception {
        CheckLine line = new CheckLine(1);
        assertThat(line.enter(THERE, 0, Duration.ofSeconds(1))).isTrue();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < CheckLine.MOST_WAITING; i++) {
            waiting.add(Thread.ofVirtual().start(() -> line.enter(THERE, 1, Duration.ofSeconds(3))));
        }
        Thread.sleep(300);
        assertThat(line.enter(THERE, 1, Duration.ofMillis(1))).isFalse();
        AtomicBoolean entered = new AtomicBoolean();
        Thread home = Thread.ofVirtual().start(() -> entered.set(line.enter(HOME, 0, Duration.ofSeconds(3))));
        Thread.sleep(100);
        line.leave();
        home.join(2_000);
        assertThat(entered).isTrue();
        for (Thread thread : waiting) {
            thread.join();
        }
    }
}
