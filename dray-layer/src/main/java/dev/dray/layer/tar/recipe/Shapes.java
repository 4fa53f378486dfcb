package dev.dray.layer.tar.recipe;

import java.util.HashMap;
import java.util.Map;

/// Numbers the combinations of operation, type and changed fields in the order in which they first come, because an
/// archive has a few dozen of them: one byte each. Not thread safe.
final class Shapes {
    /// Stands before a shape that has no number yet.
    private static final int NEW = 0;

    private static final int MOST = 255;

    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final int[] shapes = new int[MOST + 1];

    void write(int shape, ColumnWriter out) {
        Integer number = numbers.get(shape);
        if (number != null) {
            out.put(number);
            return;
        }
        out.put(NEW);
        out.putVarint(shape);
        remember(shape);
    }

    int read(ColumnReader in) {
        int number = in.next();
        if (number == NEW) {
            int shape = (int) in.nextVarint();
            remember(shape);
            return shape;
        }
        if (number > numbers.size()) {
            throw RecipeFormat.corrupt("unknown shape " + number);
        }
        return shapes[number];
    }

    private void remember(int shape) {
        if (numbers.size() < MOST && !numbers.containsKey(shape)) {
            shapes[numbers.size() + 1] = shape;
            numbers.put(shape, numbers.size() + 1);
        }
    }
}
