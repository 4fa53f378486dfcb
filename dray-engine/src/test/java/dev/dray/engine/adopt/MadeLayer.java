package dev.dray.engine.adopt;

import dev.dray.engine.adopt.search.Candidate;
import dev.dray.engine.adopt.search.Candidates;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipAttempt;
import dev.dray.layer.prove.GzipTarget;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tarsplit.TarSplitExporter;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A layer for a store that a test makes.
///
/// @param blob what it came as, or empty when the engine knows of none
public record MadeLayer(TestTar tar, Optional<RawBytes> blob) {
    /// A layer that came as what `candidate` makes of it.
    static MadeLayer by(Candidate candidate, TestTar tar) {
        return new MadeLayer(tar, Optional.of(encode(tar.bytes(), candidate)));
    }

    static MadeLayer by(Candidate.Maker maker, TestTar tar) {
        return by(candidate(maker), tar);
    }

    static MadeLayer without(TestTar tar) {
        return new MadeLayer(tar, Optional.empty());
    }

    /// The likeliest candidate of a maker.
    public static Candidate candidate(Candidate.Maker maker) {
        return Candidates.all().stream()
                .filter(candidate -> candidate.maker() == maker)
                .findFirst()
                .orElseThrow();
    }

    /// With its first header.
    static RawBytes encode(byte[] tar, Candidate candidate) {
        EncoderCatalog catalog = EncoderCatalog.standard();
        List<RawBytes> header = candidate.headers().subList(0, 1);
        try (GzipAttempt attempt =
                new GzipAttempt(catalog, candidate.encoder(), header, tar.length, GzipTarget.any())) {
            attempt.write(tar, 0, tar.length);
            GzipRecipe recipe = attempt.finish().orElseThrow();
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            new GzipRebuilder(catalog, 1).rebuild(recipe, ByteSource.of(tar), blob);
            return RawBytes.copyOf(blob.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Digest diffId() {
        return Digest.sha256(tar.bytes());
    }

    byte[] tarSplit() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarSplitExporter exporter = new TarSplitExporter(out)) {
            exporter.write(tar.bytes());
            exporter.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
