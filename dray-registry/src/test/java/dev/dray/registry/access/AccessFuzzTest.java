package dev.dray.registry.access;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;

/// Any foreign text either parses or is refused.
class AccessFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void accessFile(FuzzedDataProvider data) {
        try {
            AccessRules.parse(data.consumeRemainingAsString());
        } catch (DrayException refused) {
            requireOneLine(refused);
        }
    }

    @FuzzTest(maxDuration = "30s")
    void passwordFile(FuzzedDataProvider data) {
        try {
            PasswordFile.parse(data.consumeRemainingAsString());
        } catch (DrayException refused) {
            requireOneLine(refused);
        }
    }

    @FuzzTest(maxDuration = "30s")
    void authorizationHeader(FuzzedDataProvider data) {
        try {
            Credentials.parse(data.consumeRemainingAsString());
        } catch (DrayException refused) {
            requireOneLine(refused);
        }
    }

    private static void requireOneLine(DrayException refused) {
        if (refused.getMessage().chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("more than one line: " + refused.getMessage());
        }
    }
}
