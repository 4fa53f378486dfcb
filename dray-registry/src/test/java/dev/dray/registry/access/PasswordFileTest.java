package dev.dray.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {
    private static final String HASH = "$2y$05$" + "a".repeat(53);

    @Test
    void commentsAndEmptyLinesAreSkipped() {
        PasswordFile file = PasswordFile.parse("# users\r\n\r\nann:" + HASH + "\r\n  bob:" + HASH + "\n");
        assertThat(file.hashes()).containsOnlyKeys("ann", "bob");
        assertThat(file.cost()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann:$apr1$abcdefgh$abcdefghijklmnopqrstuv|line 1: the hash of \"ann\" is not bcrypt, make one with htpasswd -nB",
                "ann:{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk=|line 1: the hash of \"ann\" is not bcrypt, make one with htpasswd -nB",
                "ann:secret|line 1: the hash of \"ann\" is not bcrypt, make one with htpasswd -nB",
                "ann|line 1: it is not of the form user:hash",
                ":x|line 1: it is not of the form user:hash",
            })
    void otherHashesAreRefusedWithTheirLine(String line, String message) {
        assertThatThrownBy(() -> PasswordFile.parse(line)).hasMessage(message);
    }

    @Test
    void costThatWouldStallTheServerIsRefused() {
        assertThatThrownBy(() -> PasswordFile.parse("\nann:$2y$31$" + "a".repeat(53)))
                .hasMessage("line 2: the hash of \"ann\" has cost 31, from 4 to 17 are taken");
    }

    @Test
    void userWithTwoHashesIsRefused() {
        assertThatThrownBy(() -> PasswordFile.parse("ann:" + HASH + "\nann:" + HASH))
                .hasMessage("line 2: \"ann\" is there twice");
    }

    @Test
    void hashesAreNotShown() {
        assertThat(PasswordFile.parse("ann:" + HASH)).hasToString("users [ann]");
    }
}
