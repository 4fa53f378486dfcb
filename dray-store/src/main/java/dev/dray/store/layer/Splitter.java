package dev.dray.store.layer;

import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkOutputStream;
import dev.dray.store.pack.LayerPacker;
import dev.dray.store.pack.WrittenLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Takes a blob apart while it comes: through gunzip, when it is gzip, and the splitter into packs.
///
/// What a blob is shows at its beginning; that it has no tar in it, only at its end.
record Splitter(InputStream blob, LayerPacker packer) {
    private static final int BUFFER = 256 << 10;

    /// What the blob turned out to be.
    sealed interface Result {
        /// A layer, written and not published.
        record Written(WrittenLayer layer, Optional<GzipScan> scan) implements Result {}

        record Refused(String reason) implements Result {}
    }

    Result run() throws IOException {
        try (TarSplitter splitter = new TarSplitter(packer, packer.recipe());
                InputStream in = new BufferedInputStream(blob, BUFFER)) {
            Optional<GzipScan> scan = BlobForm.read(in, new Guarded(splitter));
            TarSummary summary = splitter.finish();
            return summary.headers() == 0
                    ? new Result.Refused("there is no tar archive in it")
                    : new Result.Written(packer.finish(summary), scan);
        } catch (TakingFailure e) {
            throw e.failure;
        } catch (DrayException e) {
            if (isOfTheBlob(e)) {
                return new Result.Refused(e.getMessage());
            }
            throw e;
        }
    }

    /// True when the failure says something of the blob, and not of the store.
    static boolean isOfTheBlob(DrayException e) {
        return switch (e.kind()) {
            case CORRUPT, UNSUPPORTED, TOO_LARGE -> true;
            case NOT_FOUND, DENIED, UNAUTHENTICATED, INVALID, CONFLICT, OUT_OF_SPACE, UNAVAILABLE, CANCELLED -> false;
        };
    }

    /// A failure of what takes the plain bytes, on its way through the reader of the blob.
    private static final class TakingFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final DrayException failure;

        TakingFailure(DrayException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /// Tells failures of the taking end from those of the blob.
    private static final class Guarded extends BulkOutputStream {
        private final OutputStream target;

        Guarded(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (DrayException e) {
                throw new TakingFailure(e);
            }
        }
    }
}
