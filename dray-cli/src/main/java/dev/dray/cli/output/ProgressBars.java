package dev.dray.cli.output;

import dev.dray.client.transfer.BlobFate;
import dev.dray.engine.policy.LayerChange;
import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Progress as bars on a terminal: a line for each blob in transfer, redrawn ten times a second below the lines of
/// completed blobs. Thread safe.
public final class ProgressBars implements ProgressDisplay {
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final int MOST_BARS = 12;
    private static final int BAR = 30;

    private final Terminal terminal;
    private final Activity activity;
    private final Map<Digest, Transfer> running = new LinkedHashMap<>();
    private final List<String> finished = new ArrayList<>();
    private final Thread painter;
    private int drawn;
    private boolean closed;

    /// @param doing the current operation on the blob
    /// @param position transferred bytes of the blob; its size during other operations
    private record Transfer(Descriptor blob, String doing, long position) {}

    public ProgressBars(Terminal terminal, Activity activity) {
        this.terminal = terminal;
        this.activity = activity;
        this.painter = Thread.ofPlatform().name("progress").daemon().start(this::paint);
    }

    @Override
    public synchronized void begin(Descriptor blob) {
        running.put(blob.digest(), new Transfer(blob, activity.toString(), 0));
    }

    @Override
    public synchronized void advance(Descriptor blob, long position) {
        running.replace(blob.digest(), new Transfer(blob, activity.toString(), position));
    }

    @Override
    public synchronized void done(Descriptor blob, BlobFate fate) {
        running.remove(blob.digest());
        finished.add(activity.done(blob, fate));
    }

    @Override
    public synchronized void step(Descriptor blob, Step step) {
        running.put(blob.digest(), new Transfer(blob, step.name().toLowerCase(Locale.ROOT), blob.size()));
    }

    @Override
    public synchronized void applied(LayerChange change) {
        running.remove(change.blob().digest());
        StorageFormWords.progress(change).ifPresent(finished::add);
    }

    private void paint() {
        try {
            while (frame()) {
                Thread.sleep(FRAME);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean frame() {
        if (closed) {
            return false;
        }
        draw(running.values().stream().limit(MOST_BARS).map(this::bar).toList());
        return true;
    }

    private void draw(List<String> bars) {
        StringBuilder screen = new StringBuilder();
        if (drawn > 0) {
            screen.append("\u001b[").append(drawn).append('A');
        }
        screen.append("\u001b[J");
        finished.forEach(line -> screen.append(line).append('\n'));
        finished.clear();
        bars.forEach(line -> screen.append(line).append('\n'));
        drawn = bars.size();
        terminal.err().print(screen);
        terminal.err().flush();
    }

    private String bar(Transfer transfer) {
        long size = Math.max(1, transfer.blob().size());
        int full = (int) Math.min(BAR, transfer.position() * BAR / size);
        String line = "%s: %s [%s%s] %s / %s"
                .formatted(
                        transfer.blob().digest().shortHex(),
                        transfer.doing(),
                        "=".repeat(full),
                        " ".repeat(BAR - full),
                        ByteSize.ofBytes(transfer.position()),
                        ByteSize.ofBytes(transfer.blob().size()));
        return line.length() < terminal.columns() ? line : line.substring(0, terminal.columns() - 1);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            draw(List.of());
        }
        painter.interrupt();
    }
}
