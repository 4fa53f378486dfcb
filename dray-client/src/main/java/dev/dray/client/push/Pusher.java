package dev.dray.client.push;

import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Pushes images to one repository: plans the push ([PushPlanner]), and carries it out ([PushWork]).
///
/// The provenance records the content that arrived, also when the push failed. Thread safe; one instance per push.
public final class Pusher {
    private final PushTarget target;
    private final Provenance provenance;
    private final TransferListener listener;
    private final int atOnce;

    /// @param atOnce most concurrent blobs, and most concurrent manifests
    public Pusher(PushTarget target, Provenance provenance, TransferListener listener, int atOnce) {
        this.target = target;
        this.provenance = provenance;
        this.listener = listener;
        this.atOnce = atOnce;
    }

    /// What a push would do, as far as it is known now. Nothing is sent.
    public PushPlan plan(PushRequest request) {
        try {
            return plan(request, walk(request));
        } catch (IOException e) {
            throw failed(request, e);
        }
    }

    /// @param meter counts what the target sends and receives
    public PushReport push(PushRequest request, TrafficMeter meter) {
        long start = System.nanoTime();
        try {
            List<PushGraph> graphs = walk(request);
            boolean dray = target.knowledge().isDray();
            PushPlan plan = plan(request, graphs);
            target.prepare(plan.sources());
            PushPlan better = target.knowledge().isDray() == dray ? plan : plan(request, graphs);
            PushWork work = new PushWork(request, graphs, better, target, provenance, listener, atOnce);
            try {
                work.run();
            } finally {
                work.remember();
            }
            return new PushReport(
                    work.blobReport(), work.tagReport(), meter.read(), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw failed(request, e);
        }
    }

    private PushPlan plan(PushRequest request, List<PushGraph> graphs) {
        return PushPlanner.plan(graphs, target.knowledge(), request.host(), request.repository(), provenance);
    }

    private static List<PushGraph> walk(PushRequest request) throws IOException {
        List<PushGraph> graphs = new ArrayList<>();
        for (PushImage image : request.images()) {
            graphs.add(PushGraph.walk(image));
        }
        return graphs;
    }

    private static DrayException failed(PushRequest request, IOException cause) {
        return new DrayException(
                DrayException.Kind.UNAVAILABLE,
                "cannot push to %s/%s: %s".formatted(request.host(), request.repository(), cause.getMessage()),
                cause);
    }
}
