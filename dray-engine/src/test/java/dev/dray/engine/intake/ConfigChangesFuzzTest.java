package dev.dray.engine.intake;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import java.util.List;

/// A stranger's instructions are understood or refused, in one line.
class ConfigChangesFuzzTest {
    private static final List<String> INSTRUCTIONS =
            List.of("CMD ", "ENV ", "EXPOSE ", "VOLUME ", "LABEL ", "USER ", "");

    @FuzzTest(maxDuration = "30s")
    void changesAreUnderstoodOrRefused(FuzzedDataProvider data) {
        String change = data.pickValue(INSTRUCTIONS) + data.consumeRemainingAsString();
        try {
            Json.parse(Json.write(ConfigChanges.apply(List.of(change))).toByteArray(), JsonLimits.DOCUMENT, "config");
        } catch (DrayException refused) {
            if (refused.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("more than one line: " + refused.getMessage(), refused);
            }
        }
    }
}
