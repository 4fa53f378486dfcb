package dev.dray.acceptance.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.SystemCalls.Call;
import dev.dray.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The system calls before a 201 come in the order that makes it true: data, rename, directory, database, reply.
@NeedsPeer(Peer.STRACE)
class SyncOrderTest {
    private static final int BLOB = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void aReplyComesAfterDataRenameDirectoryAndDatabase() throws Exception {
        assertInOrder(push(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "directory"})
    void theSameAssertionFailsWhenASyncIsLeftOut(String step) throws Exception {
        Trace trace = push("-Ddray.store.skip-sync=" + step);
        assertThatThrownBy(() -> assertInOrder(trace))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no " + step + " sync was seen");
    }

    /// What was traced while one blob was pushed.
    private record Trace(Digest digest, SystemCalls calls) {}

    private Trace push(String javaOptions) throws Exception {
        byte[] blob = new byte[BLOB];
        new Random(1).nextBytes(blob);
        Path log = folder.resolve("strace");
        List<String> tracer = List.of(
                Peer.STRACE.path().toString(),
                "-f",
                "-y",
                "--seccomp-bpf",
                "-s64",
                "-o" + log,
                "-etrace=fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,write,writev,sendto,sendmsg");
        try (DrayServer server = DrayServer.Plan.in(folder)
                .tracedBy(tracer)
                .javaOptions(javaOptions)
                .start()) {
            try (PlainClient client = new PlainClient(server.host())) {
                client.blob("team/app", blob);
            }
            server.stop();
        }
        return new Trace(Digest.sha256(blob), SystemCalls.parse(Files.readAllLines(log)));
    }

    private void assertInOrder(Trace trace) {
        String published = "/blobs/" + trace.digest().hex().substring(0, 2) + "/"
                + trace.digest().hex();
        SystemCalls calls = trace.calls();
        Call rename = found(
                "rename",
                calls.first(call -> call.name().startsWith("rename")
                        && call.text().contains("/staging/")
                        && call.text().contains(published)));
        String staged = rename.text().replaceAll(".*?\"([^\"]*/staging/[^\"]*)\".*", "$1");
        Call data = found("data sync", calls.first(syncOf("<" + staged)));
        assertThat(data.end())
                .as("the data sync returned before the rename began")
                .isLessThan(rename.start());
        String parent = published.substring(0, published.lastIndexOf('/'));
        Call directory = found("directory sync", calls.firstAfter(rename, syncOf(parent + ">")));
        Call database = found("database sync", calls.firstAfter(directory, syncOf("/store.db-wal>")));
        Call reply = found("reply", calls.first(call -> call.text().contains("HTTP/1.1 201")));
        assertThat(reply.start())
                .as("the reply began after the database sync returned")
                .isGreaterThan(database.end());
    }

    static Predicate<Call> syncOf(String part) {
        return call -> (call.name().equals("fsync") || call.name().equals("fdatasync"))
                && call.succeeded()
                && call.text().contains(part);
    }

    static Call found(String what, Optional<Call> call) {
        return call.orElseThrow(() -> new AssertionError("no " + what + " was seen"));
    }
}
