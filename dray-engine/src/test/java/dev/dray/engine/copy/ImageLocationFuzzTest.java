package dev.dray.engine.copy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import java.util.List;

/// What people write for a place is understood, or refused in one line.
class ImageLocationFuzzTest {
    private static final List<String> TRANSPORTS =
            List.of("", "docker://", "store:", "oci:", "docker-archive:", "oci-archive:");

    @FuzzTest(maxDuration = "30s")
    void placesAreUnderstoodOrRefused(FuzzedDataProvider data) {
        String text = data.pickValue(TRANSPORTS) + data.consumeRemainingAsString();
        try {
            var _ = ImageLocation.parse(text).toString();
        } catch (DrayException refused) {
            if (refused.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("more than one line: " + refused.getMessage(), refused);
            }
        }
    }
}
