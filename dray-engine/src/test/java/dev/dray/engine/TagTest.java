package dev.dray.engine;

import static dev.dray.engine.Failures.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.testkit.RandomImage;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TagTest {
    @AutoClose
    private final EngineHost host = EngineHost.create();

    private final RandomImage image = RandomImage.of(1, 2, 100);

    @BeforeEach
    void pull() throws IOException {
        host.serve(image, "team/app:1");
        host.pull("team/app:1");
    }

    private String id() {
        return image.manifest().config().digest().hex();
    }

    @Test
    void imageIsTaggedByName() throws IOException {
        host.engine.tag(host.name("team/app:1").toString(), host.name("other/app:2"));

        assertThat(host.image("other/app:2").digest())
                .isEqualTo(image.manifest().raw().sha256());
        assertThat(host.verify().findings()).isEmpty();
    }

    @Test
    void imageIsTaggedByTheBeginningOfItsId() throws IOException {
        host.engine.tag(id().substring(0, 12), host.name("other/app:2"));

        assertThat(host.image("other/app:2").id().hex()).isEqualTo(id());
    }

    @Test
    void imageIsTaggedByItsIdWithAlgorithm() throws IOException {
        host.engine.tag("sha256:" + id(), host.name("other/app:2"));

        assertThat(host.image("other/app:2").id().hex()).isEqualTo(id());
    }

    @Test
    void tagMovesToAnotherImage() throws IOException {
        RandomImage second = RandomImage.of(3, 1, 100);
        host.serve(second, "team/app:2");
        host.pull("team/app:2");

        host.engine.tag(host.name("team/app:2").toString(), host.name("team/app:1"));

        assertThat(host.image("team/app:1").digest())
                .isEqualTo(second.manifest().raw().sha256());
    }

    @Test
    void digestIsNoName() {
        String digest = "team/app@" + image.manifest().raw().sha256();

        assertThatThrownBy(() -> host.engine.tag(host.name("team/app:1").toString(), host.name(digest)))
                .satisfies(kind(DrayException.Kind.INVALID));
    }

    @Test
    void absentImageIsNotFoundWithAdvice() {
        assertThatThrownBy(() -> host.engine.tag("nothing:here", host.name("team/app:3")))
                .satisfies(kind(DrayException.Kind.NOT_FOUND))
                .hasMessageContaining("nothing:here");
    }

    @Test
    void malformedNameSaysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> host.engine.image("Not A Name")).satisfies(kind(DrayException.Kind.INVALID));
    }
}
