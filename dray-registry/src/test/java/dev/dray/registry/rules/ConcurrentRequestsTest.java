package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.blob;
import static dev.dray.registry.http.Calls.uploads;
import static dev.dray.registry.http.Calls.withDigest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.registry.http.Calls;
import dev.dray.registry.http.Reply;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentRequestsTest {
    private final EmbeddedRegistry registry =
            EmbeddedRegistry.configure().withStoreOptions(TestStores.options()).start();
    private final Calls calls = Calls.to(registry.uri());

    @AfterAll
    void stop() {
        registry.close();
    }

    private static RawBytes random(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return RawBytes.copyOf(bytes);
    }

    private static List<Reply> together(List<Callable<Reply>> requests) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(requests, 2, TimeUnit.MINUTES).stream()
                    .map(ConcurrentRequestsTest::reply)
                    .toList();
        }
    }

    private static Reply reply(Future<Reply> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException | CancellationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyPushesOfOneBlobAllSucceed() throws Exception {
        RawBytes blob = random(1, 100_000);
        List<Callable<Reply>> requests = IntStream.range(0, 12)
                .<Callable<Reply>>mapToObj(i ->
                        () -> calls.post(withDigest(uploads("many/r" + i % 3), blob.sha256()), blob))
                .toList();
        assertThat(together(requests)).allSatisfy(reply -> reply.expect(201));
        for (int i = 0; i < 3; i++) {
            assertThat(calls.get(blob("many/r" + i, blob.sha256())).body()).isEqualTo(blob.toByteArray());
        }
    }

    @Test
    void secondRequestOnASessionEndsTheFirst() throws IOException {
        RawBytes blob = RawBytes.utf8("0123456789");
        String location = calls.startUpload("two/requests");
        try (Socket first = new Socket(registry.uri().getHost(), registry.uri().getPort())) {
            first.getOutputStream()
                    .write("PATCH %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc"
                            .formatted(location)
                            .getBytes(StandardCharsets.US_ASCII));
            // Whatever the first one has written when the second comes: the second decides.
            String range = calls.get(location).expect(204).header("Range");
            assertThat(range).isIn("0-0", "0-2");
        }
        calls.delete(location).expect(204);
        String again = calls.startUpload("two/requests");
        calls.put(withDigest(again, blob.sha256()), blob).expect(201);
    }

    @Test
    void racingChunksNeverMakeAnotherBlobThanWasSent() throws Exception {
        RawBytes chunk = random(7, 200_000);
        Digest digest = chunk.sha256();
        for (int round = 0; round < 3; round++) {
            String location = calls.startUpload("racing/chunks");
            List<Callable<Reply>> requests = IntStream.range(0, 4)
                    .<Callable<Reply>>mapToObj(i -> () -> calls.patchChunk(location, chunk, 0))
                    .toList();
            assertThat(together(requests))
                    .allSatisfy(reply -> assertThat(reply.status()).isIn(202, 404, 409, 416));
            Reply end = calls.put(withDigest(location, digest));
            assertThat(end.status()).as(end.toString()).isIn(201, 400);
            if (end.status() == 201) {
                assertThat(calls.get(blob("racing/chunks", digest)).body()).isEqualTo(chunk.toByteArray());
            }
        }
        calls.push("racing/chunks", chunk);
        calls.head(blob("racing/chunks", digest)).expect(200);
    }
}
