package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "9994, 9.99 kB",
        "49600000, 49.6 MB",
        "999600, 1.00 MB",
        "5368709120, 5.37 GB"
    })
    void sizesReadWell(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "64K, 65536",
        "1.5 MB, 1500000",
        "2GiB, 2147483648",
        "10kB, 10000",
        "7b, 7",
        "1T, 1099511627776"
    })
    void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5.2M", "MB", "1 m b", "1e9", "99999999999999999999"})
    void whatIsNoSizeIsInvalid(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessageContaining("invalid size");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64, true",
        "linux/arm/v7, linux/arm/v6, false",
        "linux/arm/v7, linux/arm, false",
        "linux/arm64/v9, linux/arm64, false",
        "linux/arm, linux/arm/v6, true",
        "linux/amd64, windows/amd64, false",
        "linux/x86_64, linux/amd64, true"
    })
    void platformsAcceptTheirVariants(String wanted, String offered, boolean accepted) {
        assertThat(Platform.parse(wanted).accepts(Platform.parse(offered))).isEqualTo(accepted);
    }

    @Test
    void malformedPlatformsSayHow() {
        assertThatThrownBy(() -> Platform.parse("amd64")).hasMessageContaining("linux/amd64");
    }

    @Test
    void mediaTypesDropParameters() {
        assertThat(MediaType.parse("application/json; charset=utf-8").value()).isEqualTo("application/json");
        assertThatThrownBy(() -> MediaType.parse("nonsense")).hasMessageContaining("media type");
    }

    @Test
    void selectorsAreTagsUnlessTheyHaveAColon() {
        assertThat(ManifestSelector.parse("v1")).isEqualTo(ManifestSelector.of(new Tag("v1")));
        assertThatThrownBy(() -> ManifestSelector.parse("sha256:baddigest")).isInstanceOf(DrayException.class);
    }
}
