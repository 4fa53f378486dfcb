package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.DrayException;
import dev.dray.model.image.Platform;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlatformPullTest {
    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage amd64 = RandomImage.of(1, 1, 100);
    private final RandomImage arm64 = RandomImage.of(2, 1, 100);
    private final TestIndex index = index();

    private TestIndex index() {
        Map<String, RandomImage> images = new LinkedHashMap<>();
        images.put("linux/amd64", amd64);
        images.put("linux/arm64", arm64);
        return TestIndex.of(images);
    }

    @BeforeEach
    void serve() throws IOException {
        host.serve(index, "team/app:1");
    }

    private PullReport pull(String platform) throws IOException {
        return host.engine.pull(
                host.name("team/app:1"), PullOptions.of(PlatformChoice.parse(platform)), TransferListener.silent());
    }

    @Test
    void onePlatformIsPulledWithoutItsIndex() throws IOException {
        PullReport report = pull("linux/arm64");

        assertThat(report.digest()).isEqualTo(arm64.manifest().raw().sha256());
        assertThat(report.blobs()).isEqualTo(2);
        assertThat(host.engine.images()).hasSize(1);
    }

    @Test
    void allPlatformsComeWithTheIndexByteForByte() throws IOException {
        PullReport report = pull("all");

        assertThat(report.digest()).isEqualTo(index.manifest().raw().sha256());
        assertThat(report.blobs()).isEqualTo(4);
        assertThat(host.image("team/app:1").manifest().raw())
                .isEqualTo(index.manifest().raw());
        assertThat(host.engine.images())
                .singleElement()
                .satisfies(summary -> assertThat(summary.platforms()).isEqualTo(2));
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void hostsPlatformIsTheDefault() {
        assertThat(PlatformChoice.host()).isEqualTo(new PlatformChoice.One(Platform.host()));
    }

    @Test
    void platformThatIsNotThereIsNotFoundAndTheOthersAreListed() {
        assertThatThrownBy(() -> pull("linux/s390x"))
                .asInstanceOf(InstanceOfAssertFactories.type(DrayException.class))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND);
                    assertThat(e.advice().orElse("")).contains("linux/amd64", "linux/arm64");
                });
        assertThat(host.engine.images()).isEmpty();
    }

    @Test
    void malformedPlatformIsInvalid() {
        assertThatThrownBy(() -> PlatformChoice.parse("linux")).satisfies(kind(DrayException.Kind.INVALID));
    }
}
