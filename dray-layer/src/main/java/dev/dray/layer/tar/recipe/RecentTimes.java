package dev.dray.layer.tar.recipe;

/// The times that came last, the newest first: files of one package share theirs. Not thread safe.
final class RecentTimes {
    private static final int MOST = 127;

    private final long[] times = new long[MOST];
    private int count;

    void write(long time, ColumnWriter indexes, ColumnWriter news) {
        for (int i = 0; i < count; i++) {
            if (times[i] == time) {
                indexes.put(i + 1);
                moveToFront(i, time);
                return;
            }
        }
        indexes.put(0);
        news.putSigned(time - newest());
        add(time);
    }

    long read(ColumnReader indexes, ColumnReader news) {
        int index = indexes.next();
        if (index > count) {
            throw RecipeFormat.corrupt("unknown time " + index);
        }
        if (index == 0) {
            long time = newest() + news.nextSigned();
            add(time);
            return time;
        }
        long time = times[index - 1];
        moveToFront(index - 1, time);
        return time;
    }

    private long newest() {
        return count == 0 ? 0 : times[0];
    }

    private void add(long time) {
        count = Math.min(count + 1, MOST);
        moveToFront(count - 1, time);
    }

    private void moveToFront(int from, long time) {
        System.arraycopy(times, 0, times, 1, from);
        times[0] = time;
    }
}
