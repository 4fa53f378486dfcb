package dev.dray.engine.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiskUseTest {
    @Test
    void agreesWithSetsOnManyThings() {
        Random random = new Random(5);
        List<Set<Integer>> groups = new ArrayList<>();
        DiskUse use = new DiskUse();
        for (int i = 0; i < 7; i++) {
            Set<Integer> group = new TreeSet<>();
            use.next();
            for (int j = 0; j < 3000; j++) {
                int thing = random.nextInt(9000);
                group.add(thing);
                use.add(digest(thing), DiskUse.Kind.CONTENT, thing);
            }
            groups.add(group);
        }

        long[] own = use.own();
        Set<Integer> before = new TreeSet<>();
        for (int i = 0; i < groups.size(); i++) {
            Set<Integer> others = new TreeSet<>();
            for (int j = 0; j < groups.size(); j++) {
                others.addAll(i == j ? Set.of() : groups.get(j));
            }
            assertThat(use.all(i)).isEqualTo(sum(groups.get(i), Set.of()));
            assertThat(own[i]).isEqualTo(sum(groups.get(i), others));
            assertThat(use.first(i)).isEqualTo(sum(groups.get(i), before));
            before.addAll(groups.get(i));
        }
        assertThat(use.of(DiskUse.Kind.CONTENT)).isEqualTo(sum(before, Set.of()));
    }

    private static long sum(Set<Integer> things, Set<Integer> without) {
        return things.stream()
                .filter(thing -> !without.contains(thing))
                .mapToLong(Integer::longValue)
                .sum();
    }

    private static Digest digest(int thing) {
        return Digest.sha256(new byte[] {(byte) thing, (byte) (thing >> 8)});
    }

    @Test
    void oneDigestIsSeveralThings() {
        DiskUse use = new DiskUse();
        use.next();
        use.add(digest(1), DiskUse.Kind.FILE, 10);
        use.add(digest(1), DiskUse.Kind.RECIPE, 1);

        assertThat(use.all(0)).isEqualTo(11);
        assertThat(use.of(DiskUse.Kind.FILE)).isEqualTo(10);
    }
}
