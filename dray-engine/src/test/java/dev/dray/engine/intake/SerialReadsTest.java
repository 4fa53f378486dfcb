package dev.dray.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialReadsTest {
    private final SerialReads turns = new SerialReads();

    private static Content content(int size) {
        RawBytes bytes = RawBytes.copyOf(new byte[size]);
        return Content.of(bytes, bytes.sha256());
    }

    @Test
    void onlyOneStreamIsOnTheWire() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> read = List.of(1, 2, 3, 4).stream()
                    .map(number -> threads.submit(() -> {
                        try (InputStream in = turns.of(content(1000 * number)).open(0)) {
                            most.accumulateAndGet(open.incrementAndGet(), Math::max);
                            int size = in.readNBytes(1000 * number - 1).length;
                            open.decrementAndGet();
                            return size + in.readAllBytes().length;
                        }
                    }))
                    .toList();
            for (Future<Integer> each : read) {
                assertThat(each.get()).isPositive();
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void wireIsFreeAfterTheLastByteThoughTheStreamIsStillOpen() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                InputStream first = turns.of(content(10)).open(0)) {
            var _ = threads.submit(() -> {
                try (InputStream in = turns.of(content(10)).open(0)) {
                    second.countDown();
                    return in.readAllBytes();
                }
            });
            assertThat(first.readNBytes(10)).hasSize(10);

            assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void streamThatCannotBeOpenedGivesTheWireBack() throws IOException {
        Content broken = new Content() {
            @Override
            public Digest digest() {
                return Digest.sha256(new byte[0]);
            }

            @Override
            public long size() {
                return 1;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> turns.of(broken).open(0)).hasMessage("gone");

        try (InputStream in = turns.of(content(3)).open(1)) {
            assertThat(in.readAllBytes()).hasSize(2);
        }
    }
}
