package dev.dray.registry.conformance;

import dev.dray.model.Digest;

class Sha512BlobsConformanceTest extends BlobConformance {
    Sha512BlobsConformanceTest() {
        super(Digest.Algorithm.SHA512);
    }
}
