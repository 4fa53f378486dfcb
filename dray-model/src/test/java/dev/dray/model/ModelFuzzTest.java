package dev.dray.model;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.util.List;

/// Strangers' text and documents yield a value or a [DrayException], never another failure.
class ModelFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void referencesComeBackOrAreRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Reference reference = Reference.parse(text);
            if (!Reference.parse(reference.toString()).equals(reference)) {
                throw new AssertionError(text);
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }

    @FuzzTest(maxDuration = "10s")
    void digestsComeBackOrAreRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            if (!Digest.parse(text).toString().equals(text)) {
                throw new AssertionError(text);
            }
        } catch (DrayException refused) {
            refused.kind();
        }
    }

    @FuzzTest(maxDuration = "10s")
    void manifestsAreReadOrRefused(byte[] document) {
        for (MediaType type : List.of(MediaType.OCI_MANIFEST, MediaType.OCI_INDEX, MediaType.DOCKER_MANIFEST)) {
            try {
                Manifest.parse(type, RawBytes.copyOf(document));
            } catch (DrayException refused) {
                refused.kind();
            }
        }
    }

    @FuzzTest(maxDuration = "10s")
    void configsAreReadOrRefused(byte[] document) {
        try {
            ImageConfig.parse(RawBytes.copyOf(document));
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
