package dev.dray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.copy.CopyReport;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.repository.RemoveReport;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferrersTest {
    private static final CopyOptions WITH = new CopyOptions(new PlatformChoice.All(), true);

    @AutoClose
    private final EngineHost host = EngineHost.create();

    @TempDir
    private Path folder = Path.of("");

    private final RandomImage image = RandomImage.of(1, 2, 20_000);
    private final Digest subject = image.manifest().raw().sha256();
    private TestReferrer sbom = TestReferrer.of(image.manifest(), "sbom");
    private TestReferrer signature = TestReferrer.of(sbom.manifest(), "signature of the sbom");

    @BeforeEach
    void serveAnImageWithReferrers() throws IOException {
        host.serve(image, "team/app:1");
        sbom = sbom.attach(host.name("team/app:1"));
        signature = signature.attach(host.name("team/app:1"));
    }

    private void assertAllListed(Reference name) throws IOException {
        assertThat(TestReferrer.listed(name, subject)).containsExactly(sbom.digest());
        assertThat(TestReferrer.listed(name, sbom.digest())).containsExactly(signature.digest());
    }

    private CopyReport copy(String from, String to) throws IOException {
        return host.engine.copy(ImageLocation.parse(from), ImageLocation.parse(to), WITH, TransferListener.silent());
    }

    @Test
    void copyWithinARegistryTakesThemAlong() throws IOException {
        CopyReport report = copy(
                host.name("team/app:1").toString(), host.name("other/app:1").toString());

        assertThat(report.referrers()).isEqualTo(2);
        assertAllListed(host.name("other/app:1"));
        assertThat(host.uploadsTo("other/app")).isZero();
    }

    @Test
    void copyLeavesThemBehindUnlessTheyAreWished() throws IOException {
        host.engine.copy(
                ImageLocation.parse(host.name("team/app:1").toString()),
                ImageLocation.parse(host.name("other/app:1").toString()),
                new CopyOptions(new PlatformChoice.All(), false),
                TransferListener.silent());

        assertThat(TestReferrer.listed(host.name("other/app:1"), subject)).isEmpty();
    }

    @Test
    void pulledTaggedAndPushedElsewhereTheyAreTheSame() throws IOException {
        PullReport pull = host.engine.pull(
                host.name("team/app:1"),
                new PullOptions(PlatformChoice.host(), true, false),
                TransferListener.silent());
        host.engine.tag(host.name("team/app:1").toString(), host.name("other/app:1"));

        host.engine.push(List.of(host.name("other/app:1")), new PushOptions(false, true), TransferListener.silent());

        assertThat(pull.referrers()).isEqualTo(2);
        assertThat(host.served("other/app:1")).isEqualTo(subject);
        assertAllListed(host.name("other/app:1"));
    }

    @Test
    void inTheStoreTheyAreVerifiedAndNoImagesOfTheirOwn() throws IOException {
        host.engine.pull(
                host.name("team/app:1"),
                new PullOptions(PlatformChoice.host(), true, false),
                TransferListener.silent());

        assertThat(host.engine.images()).hasSize(1);
        VerifyReport verified = host.verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.manifests()).isEqualTo(3);
    }

    @Test
    void removedImageTakesThemWithIt() throws IOException {
        host.engine.pull(
                host.name("team/app:1"),
                new PullOptions(PlatformChoice.host(), true, false),
                TransferListener.silent());

        List<RemoveReport> removed = host.engine.remove(host.name("team/app:1").toString(), false);

        assertThat(removed.getFirst().deleted()).containsExactlyInAnyOrder(subject, sbom.digest(), signature.digest());
        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void layoutsAndArchivesKeepThem() throws IOException {
        String name = host.name("team/app:1").toString();
        copy(name, "oci:" + folder.resolve("layout") + ":1");
        copy("oci:" + folder.resolve("layout") + ":1", "docker-archive:" + folder.resolve("a.tar") + ":" + name);
        List<LoadedImage> loaded =
                host.engine.load(new ArchiveInput.File(folder.resolve("a.tar")), TransferListener.silent());
        copy("store:" + name, host.name("back/app:1").toString());

        assertThat(loaded).hasSize(1);
        assertThat(loaded.getFirst().referrers()).isEqualTo(2);
        assertAllListed(host.name("back/app:1"));
    }

    @Test
    void aRegistryWithoutTheApiListsThemByATag() throws IOException {
        try (MemoryRegistry old = MemoryRegistry.start(MemoryRegistry.Behaviour.open())) {
            String there = old.host() + "/team/app:1";
            copy(host.name("team/app:1").toString(), there);

            assertThat(old.tag("team/app", "sha256-" + subject.hex())).isPresent();
            assertAllListed(Reference.parse(there));

            copy(there, host.name("back/app:1").toString());
            assertAllListed(host.name("back/app:1"));
        }
    }

    @Test
    void aTagThatListsReferrersKeepsThoseThatItHas() throws IOException {
        try (MemoryRegistry old = MemoryRegistry.start(MemoryRegistry.Behaviour.open())) {
            String there = old.host() + "/team/app:1";
            copy(host.name("team/app:1").toString(), there);
            TestReferrer second = TestReferrer.of(image.manifest(), "another").attach(host.name("team/app:1"));

            copy(host.name("team/app:1").toString(), there);

            assertThat(TestReferrer.listed(Reference.parse(there), subject))
                    .containsExactlyInAnyOrder(sbom.digest(), second.digest());
        }
    }
}
