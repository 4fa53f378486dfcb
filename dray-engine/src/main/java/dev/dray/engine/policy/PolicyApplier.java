package dev.dray.engine.policy;

import dev.dray.engine.policy.RequiredForms.Wish;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.SplitOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Brings layers to what is wanted of them while more of them arrive: [#arrive] splits a blob as its
/// bytes come, [#keep] takes one that is in the store, [#await] waits for all.
///
/// One layer is proven at a time, on all processors: so the first is done early, and little is left to
/// do after the last byte has come. Few wait for their turn, and who brings another one waits too, so
/// that not all files of a large image are on the disk at once. Memory: about 16 MiB for each blob that
/// arrives and 64 MiB for the one that is proven.
///
/// Thread safe. The caller closes; closing before [#await] gives up what was not begun and leaves those files as they
/// are.
public final class PolicyApplier implements AutoCloseable {
    /// Layers that are split and wait to be proven, at most.
    static final int WAITING = 2;

    private final RequiredForms wishes;
    private final Store store;
    private final PolicyListener listener;
    private final BlobConverter settling;
    private final boolean later;
    private final Semaphore places = new Semaphore(WAITING + 1);
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("layer-keeper").daemon().factory());
    private final List<Future<StoredLayer>> handed = new ArrayList<>();
    private final long packsBefore;
    private final Set<Arrived> waiting = ConcurrentHashMap.newKeySet();

    /// @param later whether proving is put off: blobs keep their files, and are not split
    public PolicyApplier(RequiredForms wishes, boolean later, PolicyListener listener) {
        this.store = wishes.store();
        this.wishes = wishes;
        this.listener = listener;
        this.settling = new BlobConverter(store, listener);
        this.later = later;
        this.packsBefore = PackSizes.of(store).bytes();
    }

    /// What brings a blob in, and copies its bytes to `alongside` as they come.
    @FunctionalInterface
    public interface Intake {
        /// The blob is published when this returns.
        void run(OutputStream alongside) throws IOException;
    }

    /// Takes a blob in and hands it over.
    ///
    /// @throws DrayException of kind OUT_OF_SPACE when there is no room to split it; whatever `intake` throws
    public void arrive(Descriptor blob, Intake intake) throws IOException {
        if (later || !LayerBlobs.isLayer(blob) || LayerBlobs.isSmall(blob)) {
            intake.run(OutputStream.nullOutputStream());
            keep(blob);
            return;
        }
        Wish wish = wishes.of(blob);
        if (wish.keep().recipe()) {
            hand(blob, wish, split(blob, intake));
        } else {
            intake.run(OutputStream.nullOutputStream());
            hand(blob, wish, null);
        }
    }

    /// A split that has ended, and what came of it. It keeps the layer from being collected until it is closed.
    private record Arrived(LayerSplit split, SplitOutcome outcome) implements AutoCloseable {
        @Override
        public void close() {
            split.close();
        }
    }

    private Arrived split(Descriptor blob, Intake intake) throws IOException {
        LayerSplit split = store.layers().split(blob.digest(), blob.size());
        try {
            intake.run(split);
            listener.step(blob, PolicyListener.Step.SPLITTING);
            return new Arrived(split, split.finish());
        } catch (IOException | RuntimeException | Error e) {
            split.close();
            throw e;
        }
    }

    /// Hands over a blob that is in the store. Waits while others are before it.
    public void keep(Descriptor blob) {
        if (LayerBlobs.isLayer(blob)) {
            hand(blob, wishes.of(blob), null);
        }
    }

    private void hand(Descriptor blob, Wish wish, @Nullable Arrived arrived) {
        if (arrived != null) {
            waiting.add(arrived);
        }
        try {
            places.acquire();
            synchronized (handed) {
                handed.add(worker.submit(() -> settle(blob, wish, arrived)));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StoredLayer settle(Descriptor blob, Wish wish, @Nullable Arrived arrived) {
        try (arrived) {
            StoredLayer layer;
            if (later) {
                layer = settling.asItIs(blob, wish);
            } else if (arrived != null && arrived.outcome() instanceof SplitOutcome.Split split) {
                layer = settling.settle(blob, wish, Optional.of(split));
            } else {
                layer = settling.settle(blob, wish, Optional.empty());
            }
            listener.kept(layer);
            return layer;
        } finally {
            places.release();
            if (arrived != null) {
                waiting.remove(arrived);
            }
        }
    }

    /// Waits until all that was handed over is kept as it shall be.
    ///
    /// @return the layers in the order in which they were handed over
    /// @throws DrayException what stopped the first one that could not be; the others went on
    public PolicyReport await() {
        List<Future<StoredLayer>> all;
        synchronized (handed) {
            all = List.copyOf(handed);
        }
        List<StoredLayer> layers = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<StoredLayer> future : all) {
            try {
                layers.add(future.get());
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException | CancellationException e) {
                failure = failure == null ? failure(e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new PolicyReport(layers, PackSizes.of(store).bytes() - packsBefore);
    }

    private static RuntimeException failure(Exception e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }

    private static DrayException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DrayException(DrayException.Kind.CANCELLED, "the work was interrupted", cause);
    }

    @Override
    public void close() {
        worker.shutdownNow();
        worker.close();
        waiting.forEach(Arrived::close);
    }
}
