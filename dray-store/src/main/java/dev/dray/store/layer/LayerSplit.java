package dev.dray.store.layer;

import dev.dray.layer.pipeline.BlobReading;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.io.BulkOutputStream;
import dev.dray.model.io.BytePipe;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.pack.LayerPacker;
import dev.dray.store.pack.WrittenLayer;
import dev.dray.store.pack.WrittenPack;
import dev.dray.store.process.Lease;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Splits a blob while it comes: write its bytes, in slabs of 64 KiB or more, then [#finish].
///
/// The work is done on platform threads of its own, so a writer may be a virtual thread; it waits when they fall
/// behind. Bytes of a refused blob are dropped. Closing before [#finish] leaves nothing behind; closing after it ends
/// the lease that protects the new layer until a recipe needs it, so prove first. Memory: about 16 MiB. Not thread
/// safe; the caller closes.
public final class LayerSplit extends BulkOutputStream {
    private static final int PIPED = 4 << 20;

    private final Digest blob;
    private final FileOperations files;
    private final LayerPublishing publishing;
    private final CountedContents counted;
    private final Lease lease;
    private final BytePipe pipe = new BytePipe(PIPED);
    private final FutureTask<Result> work;
    private @Nullable SplitOutcome outcome;
    private boolean closed;

    LayerSplit(
            Digest blob,
            Catalog catalog,
            FileOperations files,
            Layout layout,
            LocalProcess process,
            InstantSource clock) {
        this.blob = blob;
        this.files = files;
        this.publishing = new LayerPublishing(catalog, files, layout, process, clock);
        this.counted = new CountedContents(catalog);
        this.lease = Lease.take(catalog, process);
        this.work = new FutureTask<>(() -> {
            try (LayerPacker packer =
                    new LayerPacker(files, () -> layout.staging().resolve(process.nextSequence()), counted)) {
                return split(pipe.reader(), packer);
            } finally {
                pipe.reader().close();
            }
        });
        Thread.ofPlatform().daemon().name("store-splitter").start(work);
    }

    /// The blob as it was split.
    private sealed interface Result {
        /// A layer, written and not published.
        record Written(WrittenLayer layer, Optional<GzipScan> scan) implements Result {}

        record Refused(String reason) implements Result {}
    }

    /// That there is no tar in a blob shows only at its end.
    private static Result split(InputStream blob, LayerPacker packer) throws IOException {
        return switch (LayerPipeline.split(blob, packer, packer.recipe())) {
            case BlobReading.Refused(String reason) -> new Result.Refused(reason);
            case BlobReading.Plain(var _, TarSummary tar)
            when tar.headers() == 0 -> new Result.Refused("there is no tar archive in it");
            case BlobReading.Plain(var scan, TarSummary tar) -> new Result.Written(packer.finish(tar), scan);
        };
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var _ = pipe.write(bytes, offset, length);
    }

    /// Ends the blob. The layer is durable on return.
    ///
    /// @throws DrayException of kind OUT_OF_SPACE when the disk is full, UNAVAILABLE when it fails, CANCELLED when
    ///     the caller was interrupted
    public SplitOutcome finish() {
        if (outcome != null || closed) {
            throw new IllegalStateException("finished or closed before");
        }
        pipe.end();
        try {
            SplitOutcome reached = switch (result()) {
                case Result.Refused(String reason) -> new SplitOutcome.Refused(reason);
                case Result.Written(WrittenLayer layer, var scan) ->
                    publishing.publish(layer, counted, lease.number())
                            ? new SplitOutcome.Split(
                                    blob,
                                    layer.summary().diffId(),
                                    layer.summary().size(),
                                    scan)
                            : new SplitOutcome.Overtaken();
            };
            outcome = reached;
            return reached;
        } catch (IOException e) {
            throw StoreFailure.of("cannot split the layer of blob " + blob, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(Kind.CANCELLED, "interrupted while splitting the layer of blob " + blob, e);
        }
    }

    private Result result() throws IOException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pipe.fail(new IOException("the blob was given up"));
        try (lease) {
            if (end() instanceof Result.Written(WrittenLayer layer, var _)) {
                for (WrittenPack pack : layer.packs()) {
                    QuietDelete.quietly("file " + pack.file(), () -> files.delete(pack.file()));
                }
            }
        } catch (IOException | DrayException e) {
            // the work broke off, as it should, and has removed its files
            return;
        }
    }

    /// Waits for the work to end, interrupted or not: its files have to be removed.
    private Result end() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return result();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
