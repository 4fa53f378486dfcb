package dev.dray.layer.tar;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

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

    @Property
    void mutatedArchiveComesBack(
            @ForAll("archives") byte[] tar,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll @IntRange(min = 1, max = 5000) int chunk) {
        byte[] mutated = tar;
        for (Mutation mutation : mutations) {
            mutated = mutation.apply(mutated);
        }
        Splitting.of(mutated, chunk).verify();
    }

    @Property(tries = 300)
    void anyBytesComeBack(@ForAll byte[] bytes) {
        Splitting.of(bytes).verify();
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<Damage> damages = Arbitraries.of(Damage.class);
        Arbitrary<Double> places = Arbitraries.doubles().between(0, 1);
        Arbitrary<Integer> amounts = Arbitraries.integers().between(0, 1024);
        return Combinators.combine(damages, places, amounts)
                .as(Mutation::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<byte[]> archives() {
        Arbitrary<String> names =
                Arbitraries.strings().withCharRange('\1', '\u00ff').ofMaxLength(100);
        Arbitrary<Character> types = Arbitraries.of('0', '\0', '1', '2', '3', '5', '7', 'L', 'K', 'x', 'g', 'S', 'V');
        Arbitrary<Integer> sizes = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 63, 64, 65, 511, 512, 513, 1024),
                Arbitraries.integers().between(0, 3000));
        Arbitrary<byte[]> entries = Combinators.combine(names, types, sizes)
                .as((name, type, size) -> new TarBytes()
                        .entry(name, type, TarBytes.noise(size, size))
                        .bytes());
        return entries.list().ofMaxSize(8).map(list -> {
            TarBytes tar = new TarBytes();
            list.forEach(tar::add);
            return tar.end().bytes();
        });
    }
}
