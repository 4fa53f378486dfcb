package dev.dray.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BytePipeTest {
    private final DrayException broken = new DrayException(DrayException.Kind.CORRUPT, "it broke");

    @Test
    void bytesArriveInOrderThroughASmallPipe() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] all = new byte[300_000];
        random.nextBytes(all);
        InputStream in = BytePipe.from("writer", 1_000, out -> {
            for (int at = 0; at < all.length; ) {
                int length = Math.min(all.length - at, random.nextInt(3_000));
                out.write(all, at, length);
                at += length;
            }
        });

        assertThat(in.readAllBytes()).as("seed %d", seed).isEqualTo(all);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void failureOfTheWriterComesBehindItsBytesAndStays() throws IOException {
        InputStream in = BytePipe.from("writer", 1_000, out -> {
            out.write(7);
            throw broken;
        });

        assertThat(in.read()).isEqualTo(7);
        assertThatThrownBy(in::read).isSameAs(broken);
        assertThatThrownBy(in::read).isSameAs(broken);
    }

    @Test
    void otherFailuresAreTheCauseOfAnIoException() {
        IllegalStateException cause = new IllegalStateException("odd");
        InputStream in = BytePipe.from("writer", 1_000, _ -> {
            throw cause;
        });

        assertThatThrownBy(in::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("odd")
                .hasCause(cause);
    }

    @Test
    void closingStopsAWriterThatWaits() throws IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        InputStream in = BytePipe.from("writer", 10, out -> {
            try {
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    out.write(i);
                }
            } finally {
                stopped.countDown();
            }
        });
        assertThat(in.read()).isZero();
        in.close();

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }

    @Test
    void bytesForAReaderThatIsGoneAreDropped() throws IOException {
        BytePipe pipe = new BytePipe(10);
        assertThat(pipe.write(new byte[20], 0, 20)).isTrue();
        pipe.reader().close();

        assertThat(pipe.write(new byte[20], 0, 20)).isFalse();
    }
}
