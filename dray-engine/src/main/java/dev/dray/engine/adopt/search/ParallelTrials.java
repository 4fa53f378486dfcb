package dev.dray.engine.adopt.search;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipAttempt;
import dev.dray.layer.prove.GzipTarget;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Runs several encoders side by side over one reading of a layer.
///
/// Each has a platform thread; the slowest sets the pace, and no more than five pieces of 256 KiB wait. Candidates that
/// are over take no more bytes; when all are, the reading ends. Used once, by one thread.
final class ParallelTrials {
    private static final int PIECE = 256 << 10;
    private static final int WAITING = 4;
    private static final byte[] END = {};

    private final EncoderCatalog catalog;
    private final ByteSource plain;
    private final GzipTarget target;
    private final List<Worker> workers = new ArrayList<>();

    /// @param plain the layer's tar
    ParallelTrials(EncoderCatalog catalog, ByteSource plain, GzipTarget target) {
        this.catalog = catalog;
        this.plain = plain;
        this.target = target;
    }

    /// One encoder at work.
    private final class Worker {
        private final Candidate candidate;
        private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(WAITING);
        private volatile boolean over;

        Worker(Candidate candidate) {
            this.candidate = candidate;
        }

        /// @return the recipe, when this encoder rebuilds the blob
        Optional<GzipRecipe> run() throws IOException, InterruptedException {
            try (GzipAttempt attempt =
                    new GzipAttempt(catalog, candidate.encoder(), candidate.headers(), plain.size(), target)) {
                byte[] piece = pieces.take();
                while (piece.length > 0) {
                    if (!attempt.write(piece, 0, piece.length)) {
                        return Optional.empty();
                    }
                    piece = pieces.take();
                }
                return attempt.finish();
            } finally {
                over = true;
                pieces.clear();
            }
        }

        void put(byte[] piece) throws InterruptedException {
            while (!over && !pieces.offer(piece, 20, TimeUnit.MILLISECONDS)) {
                // the encoder is behind
            }
        }
    }

    /// The result of the trials.
    ///
    /// @param recipe of the candidate that rebuilt the blob
    /// @param wholeDiffId of the tar, when it was read to its end
    record Result(Optional<GzipRecipe> recipe, Optional<Digest> wholeDiffId) {}

    /// Runs the candidates.
    ///
    /// @param progress hears how many plain bytes have been read
    Result run(List<Candidate> candidates, LongConsumer progress) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(
                candidates.size(),
                Thread.ofPlatform().daemon().name("encode-", 0).factory());
        try {
            List<Future<Optional<GzipRecipe>>> results = new ArrayList<>();
            for (Candidate candidate : candidates) {
                Worker worker = new Worker(candidate);
                workers.add(worker);
                results.add(threads.submit(worker::run));
            }
            Optional<Digest> diffId = feed(progress);
            return new Result(first(results), diffId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an encoder was looked for");
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    private Optional<Digest> feed(LongConsumer progress) throws IOException, InterruptedException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        long read = 0;
        try (InputStream in = plain.open(0)) {
            while (workers.stream().anyMatch(worker -> !worker.over)) {
                byte[] piece = in.readNBytes(PIECE);
                if (piece.length == 0) {
                    for (Worker worker : workers) {
                        worker.put(END);
                    }
                    return Optional.of(Digest.of(Digest.Algorithm.SHA256, hasher.digest()));
                }
                for (Worker worker : workers) {
                    worker.put(piece);
                }
                hasher.update(piece);
                read += piece.length;
                progress.accept(read);
            }
        }
        return Optional.empty();
    }

    /// The first recipe in the order of the candidates; those behind it need not end.
    private static Optional<GzipRecipe> first(List<Future<Optional<GzipRecipe>>> results)
            throws IOException, InterruptedException {
        for (Future<Optional<GzipRecipe>> result : results) {
            try {
                Optional<GzipRecipe> recipe = result.get();
                if (recipe.isPresent()) {
                    return recipe;
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case DrayException cause -> throw cause;
                    case IOException cause -> throw cause;
                    case null, default -> throw new IllegalStateException("an encoder failed", e);
                }
            }
        }
        return Optional.empty();
    }
}
