package dev.dray.acceptance.durability;

import static dev.dray.acceptance.durability.SyncTrace.found;
import static dev.dray.acceptance.durability.SyncTrace.syncOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.SystemCalls.Call;
import dev.dray.model.Digest;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The system calls before a 201 come in the order that makes it durable: data, rename, directory, database, reply.
@NeedsPeer(Peer.STRACE)
class SyncOrderTest {
    private static final int BLOB = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void aReplyComesAfterDataRenameDirectoryAndDatabase() throws Exception {
        assertInOrder(push(SyncTrace.Step.NONE));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSameAssertionFailsWhenASyncIsLeftOut(SyncTrace.Step step) throws Exception {
        Trace trace = push(step);
        assertThatThrownBy(() -> assertInOrder(trace))
                .isInstanceOf(AssertionError.class)
                .hasMessage(step.missing());
    }

    /// The system calls traced during the push of one blob.
    private record Trace(Digest digest, SystemCalls calls) {}

    private Trace push(SyncTrace.Step leftOut) throws Exception {
        byte[] blob = new byte[BLOB];
        new Random(1).nextBytes(blob);
        SyncTrace trace = new SyncTrace(
                folder.resolve("strace"),
                "sync_file_range,rename,renameat,renameat2,link,linkat,write,writev,sendto,sendmsg",
                leftOut);
        try (DrayServer server =
                DrayServer.Plan.in(folder).tracedBy(trace.words()).start()) {
            try (PlainClient client = new PlainClient(server.host())) {
                client.blob("team/app", blob);
            }
            server.stop();
        }
        return new Trace(Digest.sha256(blob), trace.read());
    }

    private static void assertInOrder(Trace trace) {
        String published = "/blobs/" + trace.digest().hex().substring(0, 2) + "/"
                + trace.digest().hex();
        SystemCalls calls = trace.calls();
        Call rename = found(
                "rename",
                calls.first(call -> call.name().startsWith("rename")
                        && call.text().contains("/staging/")
                        && call.text().contains(published)));
        String staged = rename.text().replaceAll(".*?\"([^\"]*/staging/[^\"]*)\".*", "$1");
        String parent = published.substring(0, published.lastIndexOf('/'));
        Call directory = SyncTrace.durableName(calls, rename, staged, parent);
        Call database = found("database sync", calls.firstAfter(directory, syncOf("/store.db-wal>")));
        Call reply = found("reply", calls.first(call -> call.text().contains("HTTP/1.1 201")));
        assertThat(reply.start())
                .as("the reply began after the database sync returned")
                .isGreaterThan(database.end());
    }
}
