package dev.dray.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Draws the values of one case from its seed. The ends of a range, what lies beside them and small numbers come far
/// more
/// often than chance would have them: that is where code breaks. Not for several threads.
public final class Draw {
    private static final byte[] EDGE_BYTES = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE, '\n', '"'};

    private final Random random;

    public Draw(long seed) {
        this.random = new Random(seed);
    }

    /// A number from `least` to `most`, both among them.
    public int between(int least, int most) {
        int beside = Math.min(3, most - least);
        return switch (random.nextInt(8)) {
            case 0 -> least + random.nextInt(beside + 1);
            case 1 -> most - random.nextInt(beside + 1);
            case 2, 3 -> least + random.nextInt(Math.min(most - least, 1 << random.nextInt(12)) + 1);
            default -> random.nextInt(least, most + 1);
        };
    }

    /// A seed for what makes its bytes from one.
    public long seed() {
        return random.nextLong();
    }

    /// A place within a whole, from 0 to 1, both among them.
    public double share() {
        return switch (random.nextInt(16)) {
            case 0 -> 0;
            case 1 -> 1;
            default -> random.nextDouble();
        };
    }

    /// One of these.
    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /// One of these.
    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// From `least` to `most` values.
    public <T> List<T> list(int least, int most, Supplier<T> value) {
        int size = between(least, most);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(value.get());
        }
        return list;
    }

    /// From `least` to `most` characters, from `from` to `to`.
    public String text(int least, int most, char from, char to) {
        StringBuilder text = new StringBuilder();
        for (int left = between(least, most); left > 0; left--) {
            text.append((char) between(from, to));
        }
        return text.toString();
    }

    /// From `least` to `most` of these characters.
    public String text(int least, int most, String characters) {
        StringBuilder text = new StringBuilder();
        for (int left = between(least, most); left > 0; left--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    /// From `least` to `most` bytes, some of which are those that mean something to parsers.
    public byte[] bytes(int least, int most) {
        byte[] bytes = new byte[between(least, most)];
        random.nextBytes(bytes);
        boolean edges = random.nextBoolean();
        for (int i = 0; i < bytes.length && edges; i++) {
            if (random.nextInt(4) == 0) {
                bytes[i] = EDGE_BYTES[random.nextInt(EDGE_BYTES.length)];
            }
        }
        return bytes;
    }
}
