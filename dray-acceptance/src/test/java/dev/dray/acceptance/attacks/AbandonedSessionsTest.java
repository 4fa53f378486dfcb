package dev.dray.acceptance.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Upload sessions that are begun and left, on a server with little heap.
@Timeout(180)
final class AbandonedSessionsTest {
    private static final int CONNECTIONS = 8;

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentHashMap<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

    private HttpResponse<Void> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<Void> reply = http.send(request.build(), BodyHandlers.discarding());
        statuses.computeIfAbsent(reply.statusCode(), _ -> new AtomicInteger()).incrementAndGet();
        return reply;
    }

    private void begin(URI root, byte[] bytes) throws Exception {
        HttpResponse<Void> started =
                send(HttpRequest.newBuilder(root.resolve("app/blobs/uploads/")).POST(BodyPublishers.noBody()));
        if (started.statusCode() == 202 && bytes.length > 0) {
            URI upload = root.resolve(started.headers().firstValue("Location").orElseThrow());
            send(HttpRequest.newBuilder(upload).method("PATCH", BodyPublishers.ofByteArray(bytes)));
        }
    }

    private void attack(DrayServer server, int sessions, int bytes) throws Exception {
        URI root = URI.create("http://" + server.host() + "/v2/");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int each = 0; each < sessions / CONNECTIONS; each++) {
                        begin(root, new byte[bytes]);
                    }
                } catch (Exception e) {
                    statuses.computeIfAbsent(0, _ -> new AtomicInteger()).incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void sessionsWithBytesTakeNoMemoryBetweenRequests() throws Exception {
        try (DrayServer server =
                DrayServer.Plan.in(folder).javaOptions("-Xmx48m").start()) {
            attack(server, 2_400, 16 << 10);
            Victim.of(server).isServed();
            assertThat(statuses.keySet()).containsOnly(202);
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void sessionsWithoutBytesAreFewForOneCaller() throws Exception {
        try (DrayServer server =
                DrayServer.Plan.in(folder).javaOptions("-Xmx48m").start()) {
            attack(server, 4_000, 0);
            Victim.of(server).isServed();
            assertThat(statuses.keySet()).containsOnly(202, 429);
            assertThat(server.stop()).isZero();
        }
    }
}
