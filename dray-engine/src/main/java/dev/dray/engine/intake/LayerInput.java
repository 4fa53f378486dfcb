package dev.dray.engine.intake;

import java.io.IOException;
import java.io.InputStream;

/// A tar that becomes a layer, plain or gzip. Gzip is stored as it came.
@FunctionalInterface
public interface LayerInput {
    /// Opens the bytes; the engine closes. Called once.
    InputStream open() throws IOException;
}
