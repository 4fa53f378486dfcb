package dev.dray.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private final List<Integer> rows = new ArrayList<>();

    private Pages<Integer, Integer> pages() {
        return Pages.of(
                3,
                (last, limit) -> rows.stream()
                        .filter(row -> row > last.orElse(-1))
                        .limit(limit)
                        .toList(),
                Function.identity());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 6, 7})
    void everyRowComesOnceAndNoPageIsEmpty(int count) {
        IntStream.range(0, count).forEach(rows::add);

        assertThat(pages().all()).isEqualTo(rows);
        assertThat(pages()).hasSize((count + 2) / 3).noneMatch(List::isEmpty);
    }

    @Test
    void pageIsReadWhenTheOneBeforeIsDoneWith() {
        IntStream.range(0, 7).forEach(rows::add);
        List<Integer> seen = new ArrayList<>();

        for (List<Integer> page : pages()) {
            seen.addAll(page);
            rows.removeAll(page);
        }

        assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void listEndsAfterThePageAtWhichItIsStopped() {
        IntStream.range(0, 7).forEach(rows::add);

        assertThat(pages().whilst(() -> false).all()).containsExactly(0, 1, 2);
    }
}
