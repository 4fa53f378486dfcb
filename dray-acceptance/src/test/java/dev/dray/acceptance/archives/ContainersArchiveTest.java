package dev.dray.acceptance.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exchanges archives with podman and skopeo.
@NeedsPeer(
        value = {Peer.PODMAN, Peer.SKOPEO},
        asRoot = true)
class ContainersArchiveTest {
    private static final String APP = "localhost:5000/team/app:1";
    private static final String OTHER = "localhost:5000/team/other:2";

    @TempDir
    Path folder;

    private ContainersStorage storage;
    private Images here;

    @BeforeEach
    void makeImages() throws Exception {
        storage = new ContainersStorage(folder);
        here = Images.of(folder.resolve("home")).with(APP).with(OTHER);
    }

    @AfterEach
    void removeStorage() {
        storage.close();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String podman(String... arguments) {
        return storage.podman().run(arguments).succeeded().output().strip();
    }

    private static String skopeo(String... arguments) {
        return Peer.SKOPEO.program().run(arguments).succeeded().output().strip();
    }

    private static String digest(String place) {
        return skopeo("inspect", "--format", "{{.Digest}}", place);
    }

    @Test
    void podmanLoadsOneImageAndSeveral() {
        here.dray().run("save", "-o", file("one.tar").toString(), APP).succeeded();
        here.dray().run("save", "-o", file("two.tar").toString(), APP, OTHER).succeeded();

        assertThat(podman("load", "-i", file("one.tar").toString())).contains(APP);
        assertThat(podman("image", "inspect", "--format", "{{.Digest}}", APP)).isEqualTo(here.digest(APP));
        assertThat(podman("load", "-i", file("two.tar").toString())).contains(APP, OTHER);
        assertThat("sha256:" + podman("image", "inspect", "--format", "{{.Id}}", OTHER))
                .isEqualTo(here.id(OTHER));
    }

    @Test
    void whatPodmanSavedIsLoadedInAllOfItsFormats() {
        here.dray().run("save", "-o", file("a.tar").toString(), APP).succeeded();
        podman("load", "-i", file("a.tar").toString());

        for (String format : new String[] {"docker-archive", "oci-archive", "oci-dir"}) {
            Path saved = file(format);
            podman("save", "--quiet", "--format", format, "-o", saved.toString(), APP);
            Images there = Images.of(file("there-" + format));
            there.load(saved);

            String name = there.dray().print("images", "-q").lines().findFirst().orElse("");
            assertThat(there.id(name)).as(format).isEqualTo(here.id(APP));
            there.assertVerified();
        }
    }

    @Test
    void severalImagesThatPodmanSavedKeepTheirNames() {
        here.dray().run("save", "-o", file("a.tar").toString(), APP, OTHER).succeeded();
        podman("load", "-i", file("a.tar").toString());
        podman("save", "--quiet", "--multi-image-archive", "-o", file("b.tar").toString(), APP, OTHER);
        Images there = Images.of(file("there"));

        assertThat(there.dray()
                        .print("load", "--quiet", "-i", file("b.tar").toString())
                        .lines())
                .containsExactlyInAnyOrder("Loaded image: " + APP, "Loaded image: " + OTHER);
        assertThat(there.id(OTHER)).isEqualTo(here.id(OTHER));
    }

    @Test
    void skopeoReadsWhatDrayWroteWithTheSameDigests() {
        for (String target : new String[] {
            "oci:" + file("layout") + ":1",
            "oci-archive:" + file("oci.tar") + ":1",
            "docker-archive:" + file("d.tar") + ":" + APP
        }) {
            here.dray().run("copy", "store:" + APP, target).succeeded();
        }

        assertThat(digest("oci:" + file("layout") + ":1")).isEqualTo(here.digest(APP));
        assertThat(digest("oci-archive:" + file("oci.tar") + ":1")).isEqualTo(here.digest(APP));
        assertThat("sha256:" + skopeo("inspect", "--raw", "docker-archive:" + file("d.tar") + ":" + APP))
                .contains(here.id(APP));
        skopeo("copy", "--quiet", "docker-archive:" + file("d.tar") + ":" + APP, storage.address("localhost/again:1"));
        assertThat("sha256:" + podman("image", "inspect", "--format", "{{.Id}}", "localhost/again:1"))
                .isEqualTo(here.id(APP));
    }

    @Test
    void drayReadsWhatSkopeoWroteWithTheSameDigests() {
        here.dray().run("copy", "store:" + APP, "oci:" + file("layout") + ":1").succeeded();
        skopeo("copy", "--quiet", "oci:" + file("layout") + ":1", "oci:" + file("theirs") + ":1");
        skopeo("copy", "--quiet", "oci:" + file("layout") + ":1", "oci-archive:" + file("theirs.tar") + ":1");
        skopeo("copy", "--quiet", "oci:" + file("layout") + ":1", "docker-archive:" + file("d.tar") + ":" + APP);
        Images there = Images.of(file("there"));

        there.dray().run("copy", "oci:" + file("theirs") + ":1", "store:a:1").succeeded();
        there.dray()
                .run("copy", "oci-archive:" + file("theirs.tar") + ":1", "store:b:1")
                .succeeded();
        there.dray().run("copy", "docker-archive:" + file("d.tar"), "store:c:1").succeeded();

        assertThat(there.digest("a:1")).isEqualTo(here.digest(APP));
        assertThat(there.digest("b:1")).isEqualTo(here.digest(APP));
        assertThat(there.id("c:1")).isEqualTo(here.id(APP));
        assertThat(there.layers("c:1")).as("found by diffID").isEqualTo(here.layers(APP));
        there.assertVerified();
    }
}
