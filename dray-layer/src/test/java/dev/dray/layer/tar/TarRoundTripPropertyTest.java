package dev.dray.layer.tar;

import dev.dray.seeds.Cases;
import dev.dray.seeds.Draw;
import java.util.Arrays;

class TarRoundTripPropertyTest {

    /// What is changed in an archive: a byte is overwritten, or bytes are cut out or put in.
    enum Damage {
        OVERWRITE,
        CUT,
        INSERT
    }

    record Mutation(Damage damage, double place, int amount) {
        byte[] apply(byte[] tar) {
            int at = (int) (place * tar.length);
            int cut = Math.min(amount, tar.length - at);
            return switch (damage) {
                case OVERWRITE -> {
                    byte[] changed = tar.clone();
                    if (at < tar.length) {
                        changed[at] = (byte) amount;
                    }
                    yield changed;
                }
                case CUT -> splice(tar, at, cut, new byte[0]);
                case INSERT -> splice(tar, at, 0, TarBytes.noise(amount, amount));
            };
        }

        private static byte[] splice(byte[] tar, int at, int cut, byte[] insert) {
            return new TarBytes()
                    .add(Arrays.copyOf(tar, at))
                    .add(insert)
                    .add(Arrays.copyOfRange(tar, at + cut, tar.length))
                    .bytes();
        }
    }

    @Cases
    void mutatedArchiveComesBack(Draw draw) {
        byte[] mutated = archive(draw);
        for (Mutation mutation : draw.list(0, 6, () -> mutation(draw))) {
            mutated = mutation.apply(mutated);
        }
        Splitting.of(mutated, draw.between(1, 5000)).verify();
    }

    @Cases(300)
    void anyBytesComeBack(Draw draw) {
        Splitting.of(draw.bytes(0, 255)).verify();
    }

    private static Mutation mutation(Draw draw) {
        return new Mutation(draw.oneOf(Damage.values()), draw.share(), draw.between(0, 1024));
    }

    private static byte[] archive(Draw draw) {
        TarBytes tar = new TarBytes();
        for (int left = draw.between(0, 8); left > 0; left--) {
            String name = draw.text(0, 100, '\1', '\u00ff');
            char type = draw.oneOf('0', '\0', '1', '2', '3', '5', '7', 'L', 'K', 'x', 'g', 'S', 'V');
            int size =
                    draw.between(0, 1) == 0 ? draw.oneOf(0, 1, 63, 64, 65, 511, 512, 513, 1024) : draw.between(0, 3000);
            tar.entry(name, type, TarBytes.noise(size, size));
        }
        return tar.end().bytes();
    }
}
