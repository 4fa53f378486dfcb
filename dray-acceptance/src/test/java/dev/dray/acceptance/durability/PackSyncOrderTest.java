package dev.dray.acceptance.durability;

import static dev.dray.acceptance.durability.SyncTrace.found;
import static dev.dray.acceptance.durability.SyncTrace.syncOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.SystemCalls.Call;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The system calls before a layer's file is dropped come in the safe order: the pack's data, its name, the folder, the
/// database; only then the file is unlinked.
@NeedsPeer(Peer.STRACE)
class PackSyncOrderTest {
    @TempDir
    Path folder;

    @Test
    void theFileOfALayerGoesAfterItsPackIsDurable() throws Exception {
        assertInOrder(pull(SyncTrace.Step.NONE));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSameAssertionFailsWhenASyncIsLeftOut(SyncTrace.Step step) throws Exception {
        SystemCalls calls = pull(step);
        assertThatThrownBy(() -> assertInOrder(calls))
                .isInstanceOf(AssertionError.class)
                .hasMessage(step.missing());
    }

    private SystemCalls pull(SyncTrace.Step leftOut) throws Exception {
        SyncTrace trace = new SyncTrace(folder.resolve("strace"), "rename,renameat,renameat2,unlink,unlinkat", leftOut);
        try (DrayServer server = DrayServer.start(folder)) {
            String name = server.host() + "/team/app:1";
            TestImages.build(folder.resolve("maker"), 1, name);
            BuiltCommand.at(folder.resolve("maker"))
                    .run("push", "--quiet", name)
                    .succeeded();
            BuiltCommand.at(folder.resolve("home"))
                    .program()
                    .behind(trace.words().toArray(String[]::new))
                    .run("pull", "--quiet", name)
                    .succeeded();
        }
        return trace.read();
    }

    private static void assertInOrder(SystemCalls calls) {
        Call rename = found(
                "rename",
                calls.first(call -> call.name().startsWith("rename")
                        && call.text().contains("/staging/")
                        && call.text().contains("/packs/")));
        Call directory = SyncTrace.durableName(calls, rename, rename.path().orElseThrow() + ">", "/packs");
        Call layer = found("database sync", calls.firstAfter(directory, syncOf("/store.db-wal>")));
        Call proof = found("second database sync", calls.firstAfter(layer, syncOf("/store.db-wal>")));
        Call unlink = found(
                "unlink",
                calls.first(
                        call -> call.name().startsWith("unlink") && call.text().contains("/blobs/")));
        assertThat(unlink.start())
                .as("the file was unlinked after layer and proof were in the database")
                .isGreaterThan(proof.end());
    }
}
