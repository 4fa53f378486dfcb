package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JVM loads native libraries from the command's folder: a copy in the temporary folder at each start would cost
/// time, remain when the process is killed, and fail where that folder is mounted without execution.
class NativeLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsUnpackedIntoTheTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        String option = "-Djava.io.tmpdir=" + temporary;
        try (WatchService watch = temporary.getFileSystem().newWatchService()) {
            var watched = temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            try (DrayServer server = DrayServer.Plan.in(folder.resolve("server"))
                    .javaOptions(option)
                    .start()) {
                String image = server.host() + "/team/app:1";
                TestImages.build(folder.resolve("home"), 1, image);
                BuiltCommand dray = BuiltCommand.at(folder.resolve("home")).variable("DRAY_JAVA_OPTS", option);
                dray.run("push", image).succeeded();
                assertThat(dray.print("images")).contains("team/app");
                server.stop();
            }

            assertThat(watched.pollEvents())
                    .extracting(WatchEvent::context)
                    .extracting(Object::toString)
                    .noneMatch(
                            name -> List.of("sqlite", "zstd", "netty").stream().anyMatch(name::contains));
        }
    }
}
