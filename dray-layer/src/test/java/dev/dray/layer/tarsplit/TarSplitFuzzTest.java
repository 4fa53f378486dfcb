package dev.dray.layer.tarsplit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dray.model.DrayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Strangers' tar-splits and layers end in bytes or a [DrayException], never in another failure.
class TarSplitFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyJsonIsAssembledOrRefused(byte[] json) throws IOException {
        assemble(TarSplits.gzip(json));
    }

    @FuzzTest(maxDuration = "10s")
    void anyGzipIsAssembledOrRefused(byte[] gzip) throws IOException {
        assemble(gzip);
    }

    @FuzzTest(maxDuration = "10s")
    void anyLayerIsExportedOrRefused(byte[] layer) {
        try {
            TarSplits.entries(TarSplits.export(layer));
        } catch (DrayException refused) {
            refused.kind();
        }
    }

    private static void assemble(byte[] tarSplit) throws IOException {
        try {
            TarSplitAssembler.assemble(
                    new ByteArrayInputStream(tarSplit),
                    name -> new ByteArrayInputStream(name.toByteArray()),
                    OutputStream.nullOutputStream(),
                    1 << 20);
        } catch (DrayException refused) {
            refused.kind();
        }
    }
}
