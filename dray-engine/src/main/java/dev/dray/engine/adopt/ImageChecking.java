package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One check of one image: small layers one by one, for they tell the encoder of the large ones in no time; then the
/// large ones side by side. Used once.
final class ImageChecking {
    /// Up to this size of a blob a layer is small.
    private static final long SMALL = 2 << 20;

    private final HostImage image;
    private final LayerChecker checker;
    private final AdoptListener listener;
    private final int workers;
    private final List<EncoderId> found = new CopyOnWriteArrayList<>();

    ImageChecking(HostImage image, LayerChecker checker, AdoptListener listener, int workers) {
        this.image = image;
        this.checker = checker;
        this.listener = listener;
        this.workers = workers;
    }

    List<SearchedLayer> run() throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < image.layers().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(this::size));
        SearchedLayer[] checks = new SearchedLayer[order.size()];
        int at = 0;
        while (at < order.size() && (size(order.get(at)) <= SMALL || found.isEmpty())) {
            checks[order.get(at)] = check(order.get(at));
            at++;
        }
        large(order.subList(at, order.size()).reversed(), checks);
        return List.of(checks);
    }

    private long size(int index) {
        return image.layers()
                .get(index)
                .blob()
                .map(blob -> blob.size().orElse(0))
                .orElse(0L);
    }

    /// The largest first, so that none is left alone at the end.
    private void large(List<Integer> order, SearchedLayer[] checks) throws IOException {
        if (order.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("check-", 0).factory());
        try {
            List<Future<SearchedLayer>> results =
                    order.stream().map(i -> threads.submit(() -> check(i))).toList();
            for (int i = 0; i < order.size(); i++) {
                checks[order.get(i)] = results.get(i).get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a layer could not be checked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, "interrupted while layers were checked", e);
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    private SearchedLayer check(int index) {
        SearchedLayer check = checker.check(image, index, found, listener);
        check.encoder().filter(id -> !found.contains(id)).ifPresent(found::addFirst);
        listener.checked(check);
        return check;
    }
}
