package dev.dray.store.sqlite;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Extent;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.LayerRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Layers in the table `layer`.
record SqliteLayerRows(Session session) implements LayerRows {
    private static final int EXTENT = 3 * Long.BYTES;
    private static final String SELECT = "SELECT id, diff_id, size, entries, recipe, smalls, created FROM layer WHERE ";
    private static final Session.Mapper<LayerRow> LAYER = row -> new LayerRow(
            row.number(1),
            row.digest(2),
            row.number(3),
            row.number(4),
            decode(row.bytes(5)),
            decode(row.bytes(6)),
            row.instant(7));

    @Override
    public long add(LayerRow layer) {
        Optional<LayerRow> before = find(layer.diffId());
        if (before.isPresent()) {
            return replace(before.get().id(), layer);
        }
        return session.first(
                        "INSERT INTO layer (diff_id, size, entries, recipe, smalls, created) VALUES (?, ?, ?, ?, ?, ?)"
                                + " RETURNING id",
                        row -> row.number(1),
                        layer.diffId(),
                        layer.size(),
                        layer.entries(),
                        encode(layer.recipe()),
                        encode(layer.smalls()),
                        layer.created())
                .orElseThrow();
    }

    /// The rows of recipes follow the number.
    private long replace(long before, LayerRow layer) {
        session.update("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'layer'");
        long id = newest();
        session.update(
                "UPDATE layer SET id = ?, size = ?, entries = ?, recipe = ?, smalls = ?, created = ? WHERE id = ?",
                id,
                layer.size(),
                layer.entries(),
                encode(layer.recipe()),
                encode(layer.smalls()),
                layer.created(),
                before);
        return id;
    }

    @Override
    public Optional<LayerRow> find(Digest diffId) {
        return session.first(SELECT + "diff_id = ?", LAYER, diffId);
    }

    @Override
    public Optional<LayerRow> find(long id) {
        return session.first(SELECT + "id = ?", LAYER, id);
    }

    @Override
    public List<LayerRow> list(long after, int limit) {
        return session.all(SELECT + "id > ? ORDER BY id LIMIT ?", LAYER, after, limit);
    }

    @Override
    public void move(long id, List<Extent> recipe, List<Extent> smalls) {
        session.update("UPDATE layer SET recipe = ?, smalls = ? WHERE id = ?", encode(recipe), encode(smalls), id);
    }

    @Override
    public long newest() {
        return session.first("SELECT seq FROM sqlite_sequence WHERE name = 'layer'", row -> row.number(1))
                .orElse(0L);
    }

    @Override
    public boolean delete(long id) {
        return session.update("DELETE FROM layer WHERE id = ?", id) > 0;
    }

    private static byte[] encode(List<Extent> extents) {
        ByteBuffer bytes = ByteBuffer.allocate(extents.size() * EXTENT);
        for (Extent extent : extents) {
            bytes.putLong(extent.pack()).putLong(extent.offset()).putLong(extent.length());
        }
        return bytes.array();
    }

    private static List<Extent> decode(byte[] stored) {
        List<Extent> extents = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        try {
            while (bytes.remaining() >= EXTENT) {
                extents.add(new Extent(bytes.getLong(), bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException e) {
            throw new DrayException(Kind.CORRUPT, "a layer's row in the catalog is damaged", e);
        }
        return extents;
    }
}
