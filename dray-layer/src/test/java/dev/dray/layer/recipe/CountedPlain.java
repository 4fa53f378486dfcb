package dev.dray.layer.recipe;

import dev.dray.model.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Plain bytes in memory that tell where they were opened.
public final class CountedPlain implements ByteSource {
    private final ByteSource bytes;
    private final List<Long> opened = new ArrayList<>();

    public CountedPlain(byte[] plain) {
        this.bytes = ByteSource.of(plain);
    }

    public synchronized List<Long> opened() {
        return List.copyOf(opened);
    }

    @Override
    public long size() throws IOException {
        return bytes.size();
    }

    @Override
    public synchronized InputStream open(long offset) throws IOException {
        opened.add(offset);
        return bytes.open(offset);
    }
}
