package dev.dray.store.jdbc;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Layers in the table `layer`.
record JdbcLayerTable(Session session) implements LayerTable {
    private static final int EXTENT = 3 * Long.BYTES;
    private static final String SELECT = "SELECT id, diff_id, size, entries, recipe, smalls, created FROM layer WHERE ";
    private static final Session.Mapper<LayerTable.Row> LAYER = row -> new LayerTable.Row(
            row.number(1),
            row.digest(2),
            row.number(3),
            row.number(4),
            decode(row.bytes(5)),
            decode(row.bytes(6)),
            row.instant(7));

    @Override
    public long add(LayerTable.Row layer) {
        Optional<LayerTable.Row> before = find(layer.diffId());
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
    private long replace(long before, LayerTable.Row layer) {
        long id = session.dialect().draw(session, "layer");
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
    public Optional<LayerTable.Row> find(Digest diffId) {
        return session.first(SELECT + "diff_id = ?", LAYER, diffId);
    }

    @Override
    public Optional<LayerTable.Row> find(long id) {
        return session.first(SELECT + "id = ?", LAYER, id);
    }

    @Override
    public List<LayerTable.Row> list(long after, int limit) {
        return session.all(SELECT + "id > ? ORDER BY id LIMIT ?", LAYER, after, limit);
    }

    @Override
    public void move(long id, List<Extent> recipe, List<Extent> smalls) {
        session.update("UPDATE layer SET recipe = ?, smalls = ? WHERE id = ?", encode(recipe), encode(smalls), id);
    }

    @Override
    public long newest() {
        return session.dialect().newest(session, "layer");
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
