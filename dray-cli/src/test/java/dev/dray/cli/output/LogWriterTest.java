package dev.dray.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost;
import dev.dray.model.io.BulkOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    private static final int MANY = 40_000;

    /// A disk or pipe that blocks until released.
    private static final class Stuck extends BulkOutputStream {
        private final CountDownLatch let = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                let.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            taken.write(bytes, offset, length);
        }
    }

    @Test
    void linesThatNobodyTakesAreDroppedAndCounted() {
        Stuck stuck = new Stuck();
        try (LogWriter log = new LogWriter(new PrintStream(stuck, false, StandardCharsets.UTF_8))) {
            for (int i = 0; i < MANY; i++) {
                log.log("line " + i);
            }
            stuck.let.countDown();
        }

        String written = stuck.taken.toString(StandardCharsets.UTF_8);
        assertThat(written).contains("line 0\n", "log lines were lost");
        assertThat(written.lines().count()).isLessThan(MANY);
    }

    @Test
    void closingWritesWhatIsQueued() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogWriter log = new LogWriter(CommandHost.stream(out))) {
            for (int i = 0; i < 100; i++) {
                log.log("line " + i);
            }
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(100).endsWith("line 99");
    }
}
