package dev.dray.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Writes log lines on its own thread, so that loggers never wait for the disk or a pipe. Drops and counts lines that
/// the queue cannot hold. Thread safe; closing writes the queued lines.
public final class LogWriter implements AutoCloseable {
    private static final int QUEUE = 16_384;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final PrintStream out;
    private final Thread writer;
    private volatile boolean closed;

    public LogWriter(PrintStream out) {
        this.out = out;
        this.writer = Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    public void log(String line) {
        if (!lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        List<String> batch = new ArrayList<>();
        try {
            while (!closed || !lines.isEmpty()) {
                batch.add(lines.take());
                lines.drainTo(batch);
                print(batch);
            }
        } catch (InterruptedException closing) {
            lines.drainTo(batch);
            print(batch);
        }
    }

    private void print(List<String> batch) {
        StringBuilder text = new StringBuilder();
        batch.forEach(line -> text.append(line).append('\n'));
        batch.clear();
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            text.append("(%d log lines were lost: they came faster than they could be written)%n".formatted(lost));
        }
        out.print(text);
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join(2_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
