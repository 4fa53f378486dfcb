package dev.dray.acceptance.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.TestImages;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session of an administrator on a store of several images: what there is, what is kept of it, and a damaged pack.
class AdministratorTest {
    private static final int IMAGES = 5;
    private static final int LAYERS = 2;

    @TempDir
    Path folder;

    @Test
    void seesDecidesAndMends() throws Exception {
        Path home = folder.resolve("home");
        Path store = TestImages.store(home);
        BuiltCommand dray = BuiltCommand.at(home);
        try (DrayServer server = DrayServer.start(folder.resolve("registry"))) {
            List<String> names = pullAll(server.host(), dray);

            assertThat(dray.print("layers", "ls").lines()).hasSize(1 + LAYERS);
            assertThat(dray.print("df")).contains("contents in ", server.host() + "/team/app-0");
            assertThat(StoreFiles.blobs(store)).isEmpty();

            dray.run("layers", "policy", "set", server.host() + "/team/**", "--keep", "both")
                    .succeeded();
            assertThat(dray.print("layers", "policy", "show")).contains("team/**", "both", "all others");
            assertThat(dray.print("layers", "convert", "--all", "--dry-run")).contains("make the file again");
            assertThat(StoreFiles.blobs(store)).isEmpty();
            dray.run("layers", "convert", "--all", "--quiet").succeeded();
            assertThat(StoreFiles.blobs(store)).hasSize(LAYERS);

            dray.run("layers", "policy", "unset", server.host() + "/team/**").succeeded();
            dray.run("layers", "pin", "--quiet", names.getFirst()).succeeded();
            dray.run("layers", "convert", "--all", "--quiet").succeeded();
            assertThat(StoreFiles.blobs(store)).hasSize(LAYERS);
            dray.run("layers", "unpin", names.getFirst()).succeeded();
            dray.run("layers", "convert", "--all", "--quiet").succeeded();
            assertThat(StoreFiles.blobs(store)).isEmpty();
            assertThat(dray.print("layers", "verify", "--all", "--quiet")).contains("0 not as they should be");

            turnBit(StoreFiles.largestPack(store));
            Outcome found = dray.run("layers", "verify", "--all", "--quiet").exited(1);
            assertThat(found.output()).contains("not mended", names.getLast());
            assertThat(dray.run("layers", "verify", "--all", "--repair", "--quiet")
                            .succeeded()
                            .output())
                    .contains("mended from " + server.host());
            assertThat(dray.print("layers", "verify", "--all", "--quiet")).contains("0 not as they should be");
            assertThat(StoreFiles.blobs(store)).isEmpty();
            dray.run("verify", "--quiet").succeeded();
        }
    }

    private List<String> pullAll(String host, BuiltCommand dray) throws Exception {
        Path maker = folder.resolve("maker");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            names.add("%s/team/app-%d:1".formatted(host, i));
        }
        TestImages.buildMany(maker, LAYERS, names);
        for (String name : names) {
            BuiltCommand.at(maker).run("push", "--quiet", name).succeeded();
            dray.run("pull", "--quiet", name).succeeded();
        }
        return names;
    }

    private static void turnBit(Path file) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int value = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(value ^ 1);
        }
    }
}
