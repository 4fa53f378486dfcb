package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "ubuntu,                        docker.io/library/ubuntu:latest,          ubuntu:latest",
        "ubuntu:24.04,                  docker.io/library/ubuntu:24.04,           ubuntu:24.04",
        "library/ubuntu,                docker.io/library/ubuntu:latest,          ubuntu:latest",
        "team/app:1,                    docker.io/team/app:1,                     team/app:1",
        "docker.io/ubuntu,              docker.io/library/ubuntu:latest,          ubuntu:latest",
        "index.docker.io/team/app,      docker.io/team/app:latest,                team/app:latest",
        "localhost/app,                 localhost/app:latest,                     localhost/app:latest",
        "localhost:5000/app,            localhost:5000/app:latest,                localhost:5000/app:latest",
        "127.0.0.1:5000/a/b/c:x,        127.0.0.1:5000/a/b/c:x,                   127.0.0.1:5000/a/b/c:x",
        "[::1]:5000/app:1,              '[::1]:5000/app:1',                       '[::1]:5000/app:1'",
        "quay.io/podman/stable,         quay.io/podman/stable:latest,             quay.io/podman/stable:latest",
        "Registry/app,                  Registry/app:latest,                      Registry/app:latest",
        "a__b/c-d.e--f,                 docker.io/a__b/c-d.e--f:latest,           a__b/c-d.e--f:latest",
        "localhost:5000,                docker.io/library/localhost:5000,         localhost:5000",
    })
    void normalisesAsDockerDoes(String text, String full, String familiar) {
        Reference reference = Reference.parse(text);
        assertThat(reference).hasToString(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(Reference.parse(full)).isEqualTo(reference);
    }

    @Test
    void digestAloneHasNoTag() {
        Reference reference = Reference.parse("ubuntu@sha256:" + HEX);
        assertThat(reference.tag()).isEmpty();
        assertThat(reference.digest()).hasValue(Digest.parse("sha256:" + HEX));
        assertThat(reference.selector()).isEqualTo("sha256:" + HEX);
    }

    @Test
    void tagAndDigestTogetherSelectTheDigest() {
        Reference reference = Reference.parse("quay.io/a/b:1@sha256:" + HEX);
        assertThat(reference.tag()).hasValue(new Tag("1"));
        assertThat(reference.selector()).isEqualTo("sha256:" + HEX);
        assertThat(reference).hasToString("quay.io/a/b:1@sha256:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "@",
                "Ubuntu",
                "a//b",
                "/a",
                "a/",
                "a:",
                "a:-x",
                "a b",
                "a@sha256:12",
                "a@md5:0123",
                "-a",
                "a..b",
                "localhost:99999999/a",
                "http://a/b",
                "a:b:c",
                "a@b@c",
                "a/./b",
                "a/../b",
                "ä",
                "a\nb",
                "docker.io/"
            })
    void refusesWhatDockerRefuses(String text) {
        assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(DrayException.class);
    }

    @Test
    void tagsHave128CharactersAtMost() {
        assertThat(Reference.parse("a:" + "x".repeat(128)).tag()).isPresent();
        assertThatThrownBy(() -> Reference.parse("a:" + "x".repeat(129))).hasMessageContaining("128");
    }

    @Test
    void messageQuotesTheOffenderShortened() {
        assertThatThrownBy(() -> Reference.parse("UPPER/" + "x".repeat(5000)))
                .hasMessageStartingWith("invalid reference \"UPPER/xxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void storeNamesCarryTheHost() {
        assertThat(Reference.parse("localhost:5000/a/b").fullName().value()).isEqualTo("localhost:5000/a/b");
        assertThatThrownBy(() -> RepositoryName.parse("localhost:5000/a/b")).isInstanceOf(DrayException.class);
    }
}
