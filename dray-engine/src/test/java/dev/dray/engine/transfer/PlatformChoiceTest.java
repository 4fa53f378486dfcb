package dev.dray.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.Platform;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformChoiceTest {
    private static final Descriptor UNNAMED = child("an attestation");
    private static final Descriptor AMD64 = child("amd64", "linux/amd64");
    private static final Descriptor ARM_V7 = child("arm", "linux/arm/v7");

    private static Descriptor child(String name) {
        return Descriptor.of(MediaType.OCI_MANIFEST, RawBytes.utf8(name).sha256(), name.length());
    }

    private static Descriptor child(String name, String platform) {
        Descriptor child = child(name);
        return new Descriptor(
                child.mediaType(),
                child.digest(),
                child.size(),
                Optional.of(Platform.parse(platform)),
                child.artifactType(),
                child.annotations(),
                child.urls());
    }

    private static Manifest.Index index(Descriptor... children) {
        return Manifest.Index.of(List.of(children));
    }

    @Test
    void childWithoutAPlatformIsPassedOver() {
        assertThat(PlatformChoice.pick(index(UNNAMED, AMD64), Platform.of("linux", "amd64")))
                .isEqualTo(AMD64);
    }

    @Test
    void childWithoutAPlatformIsNeverPickedForWantOfAnother() {
        assertThatThrownBy(() -> PlatformChoice.pick(index(UNNAMED), Platform.of("linux", "amd64")))
                .isInstanceOfSatisfying(DrayException.class, e -> {
                    assertThat(e.kind()).isEqualTo(DrayException.Kind.NOT_FOUND);
                    assertThat(e.advice()).contains("it has no platforms named; choose with --platform");
                });
    }

    @Test
    void childOfTheWantedVariantIsPicked() {
        assertThat(PlatformChoice.pick(index(AMD64, UNNAMED, ARM_V7), Platform.parse("linux/arm/v7")))
                .isEqualTo(ARM_V7);
    }
}
