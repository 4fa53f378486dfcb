package dev.dray.engine.policy;

import dev.dray.engine.policy.RequiredForms.Requirement;
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

/// Applies the policy to layers while more of them arrive: [#arrive] splits a blob as its bytes come, [#apply]
/// takes a stored blob, [#await] waits for all.
///
/// Layers are proven one at a time, each on all processors: the first is done early, and little is left to do
/// after the last byte has come. The queue is short, and callers that bring another blob wait for a slot in it,
/// so that a large image never has all its files on the disk at once. Memory: about 16 MiB for each blob that
/// arrives and 64 MiB for the one that is proven.
///
/// Thread safe. The caller closes; closing before [#await] drops what was not begun and leaves those files as they
/// are.
public final class PolicyApplier implements AutoCloseable {
    /// Split layers in the queue, at most.
    static final int QUEUED = 2;

    private final RequiredForms required;
    private final Store store;
    private final PolicyListener listener;
    private final BlobConverter converter;
    private final boolean later;
    private final Semaphore slots = new Semaphore(QUEUED + 1);
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("layer-policy").daemon().factory());
    private final List<Future<LayerChange>> queue = new ArrayList<>();
    private final long packsBefore;
    private final Set<Arrived> unfinished = ConcurrentHashMap.newKeySet();

    /// @param later whether proving is put off: blobs keep their files, and are not split
    public PolicyApplier(RequiredForms required, boolean later, PolicyListener listener) {
        this.store = required.store();
        this.required = required;
        this.listener = listener;
        this.converter = new BlobConverter(store, listener);
        this.later = later;
        this.packsBefore = PackSizes.of(store).bytes();
    }

    /// Brings a blob in, and copies its bytes to `alongside` as they come.
    @FunctionalInterface
    public interface Intake {
        /// The blob is published when this returns.
        void run(OutputStream alongside) throws IOException;
    }

    /// Takes a blob in and queues it.
    ///
    /// @throws DrayException of kind OUT_OF_SPACE when there is no room to split it; whatever `intake` throws
    public void arrive(Descriptor blob, Intake intake) throws IOException {
        if (later || !LayerBlobs.isLayer(blob) || LayerBlobs.isSmall(blob)) {
            intake.run(OutputStream.nullOutputStream());
            apply(blob);
            return;
        }
        Requirement requirement = required.of(blob);
        if (requirement.form().recipe()) {
            enqueue(blob, requirement, split(blob, intake));
        } else {
            intake.run(OutputStream.nullOutputStream());
            enqueue(blob, requirement, null);
        }
    }

    /// A split that has ended. It protects the layer from the collector until it is closed.
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

    /// Queues a stored blob. Waits while the queue is full.
    public void apply(Descriptor blob) {
        if (LayerBlobs.isLayer(blob)) {
            enqueue(blob, required.of(blob), null);
        }
    }

    private void enqueue(Descriptor blob, Requirement requirement, @Nullable Arrived arrived) {
        if (arrived != null) {
            unfinished.add(arrived);
        }
        try {
            slots.acquire();
            synchronized (queue) {
                queue.add(worker.submit(() -> convert(blob, requirement, arrived)));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private LayerChange convert(Descriptor blob, Requirement requirement, @Nullable Arrived arrived) {
        try (arrived) {
            LayerChange change;
            if (later) {
                change = converter.plan(blob, requirement).putOff();
            } else if (arrived != null && arrived.outcome() instanceof SplitOutcome.Split split) {
                change = converter.convert(blob, requirement, Optional.of(split));
            } else {
                change = converter.convert(blob, requirement, Optional.empty());
            }
            listener.applied(change);
            return change;
        } finally {
            slots.release();
            if (arrived != null) {
                unfinished.remove(arrived);
            }
        }
    }

    /// Waits until the policy is applied to all queued layers.
    ///
    /// @return the changes, in the order of the queue
    /// @throws DrayException the first failure; the other layers went on
    public PolicyReport await() {
        List<Future<LayerChange>> all;
        synchronized (queue) {
            all = List.copyOf(queue);
        }
        List<LayerChange> layers = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<LayerChange> future : all) {
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
        unfinished.forEach(Arrived::close);
    }
}
