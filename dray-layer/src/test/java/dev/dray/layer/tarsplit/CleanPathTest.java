package dev.dray.layer.tarsplit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', .",
        ".,.",
        "./,.",
        "./a,a",
        "a/,a",
        "a//b,a/b",
        "a/../b,b",
        "a/..,.",
        "../a,../a",
        "../../a,../../a",
        "a/../../b,../b",
        "/..,/",
        "/../a,/a",
        "/,/",
        "//a/./b/,/a/b",
        "...,..."
    })
    void isWhatGoMakesOfIt(String path, String clean) {
        assertThat(CleanPath.of(path)).isEqualTo(clean);
    }
}
