package dev.dray.registry.conformance;

import dev.dray.model.Digest;

class Sha256BlobsConformanceTest extends BlobConformance {
    Sha256BlobsConformanceTest() {
        super(Digest.Algorithm.SHA256);
    }
}
