package dev.dray.http.netty;

import dev.dray.http.Handler;
import dev.dray.http.HttpSettings;
import dev.dray.http.Response;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// The state that all connections of one server share. Thread safe.
final class Engine {
    final HttpSettings settings;
    final Handler handler;
    final SlabPool slabs;
    final HeldBytes held;
    final ConnectionBudget admitted;
    final OutboundBudget streams;
    final OutboundBudget replies;
    /// Platform threads that feed slabs to sinks; as many as bodies are under way, at most.
    final ExecutorService slabWorkers;
    final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final Set<Thread> handlerThreads = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads =
            Thread.ofVirtual().name("http-request-", 0).factory();
    private final ThreadFactory streamThreads =
            Thread.ofPlatform().name("http-stream-", 0).daemon().factory();
    private volatile boolean stopping;

    Engine(HttpSettings settings, Handler handler, int workers) {
        this.settings = settings;
        this.handler = handler;
        this.slabs = new SlabPool(settings.limits().slabBytes());
        this.held = new HeldBytes(settings.limits().heldBytes());
        this.admitted = new ConnectionBudget(settings.limits().connections());
        this.streams = new OutboundBudget(settings.limits().streams());
        this.replies = new OutboundBudget(settings.limits().replyBytes());
        this.slabWorkers = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().name("http-slab-", 0).daemon().factory());
    }

    /// Runs the handler of one request on its own virtual thread.
    void startHandler(Runnable work) {
        start(threads, work);
    }

    /// Sends one streamed body on its own platform thread. Generating it may be CPU-bound or native, and two of
    /// those would pin all carriers of the virtual threads of a small machine.
    void startStream(Runnable work) {
        start(streamThreads, work);
    }

    private void start(ThreadFactory factory, Runnable work) {
        Thread thread = factory.newThread(() -> {
            try {
                work.run();
            } finally {
                handlerThreads.remove(Thread.currentThread());
            }
        });
        handlerThreads.add(thread);
        thread.start();
    }

    void interruptHandlers() {
        handlerThreads.forEach(Thread::interrupt);
    }

    /// Waits, up to `patience`, for interrupted handlers to end.
    void awaitHandlers(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : handlerThreads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /// From now on, closes every connection after its reply.
    void stop() {
        stopping = true;
    }

    /// Closes what a reply holds that will not be sent.
    void discard(Response response) {
        try {
            ReplyWriter.close(response.body());
        } catch (IOException e) {
            report("cannot close the body of a reply", e);
        }
    }

    /// The server cannot go on, unless it is being stopped anyway.
    void died(String what) {
        if (!stopping) {
            settings.errors().died(what);
        }
    }

    void report(String what, Throwable failure) {
        settings.errors().failed(what, failure);
    }
}
