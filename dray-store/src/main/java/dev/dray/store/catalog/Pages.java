package dev.dray.store.catalog;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A long list of the catalog, page by page. Each page is read when it is asked for, from where the one before ended:
/// what
/// was removed meanwhile is not missed, and what was added behind that place is seen. No page is empty.
///
/// @param size most rows of a page
/// @param reading gives a page
/// @param key by which the list is ordered
/// @param goOn asked before each page but the first; the list ends when it says no
public record Pages<T, K>(int size, Reading<T, K> reading, Function<T, K> key, BooleanSupplier goOn)
        implements Iterable<List<T>> {
    /// Reads a page of the list.
    @FunctionalInterface
    public interface Reading<T, K> {
        /// @param last key of the last row of the page before, exclusive
        List<T> read(Optional<K> last, int limit);
    }

    /// Reads a page in a transaction.
    @FunctionalInterface
    public interface Query<T, K> {
        /// @param last key of the last row of the page before, exclusive
        List<T> read(Transaction transaction, Optional<K> last, int limit);
    }

    /// A list that is read within one transaction.
    public static <T, K> Pages<T, K> of(int size, Reading<T, K> reading, Function<T, K> key) {
        return new Pages<>(size, reading, key, () -> true);
    }

    /// A list each page of which is read in a transaction of its own.
    public static <T, K> Pages<T, K> of(Catalog catalog, int size, Query<T, K> query, Function<T, K> key) {
        return of(size, (last, limit) -> catalog.read(transaction -> query.read(transaction, last, limit)), key);
    }

    /// The same list, which ends early when `wish` says so.
    public Pages<T, K> whilst(BooleanSupplier wish) {
        return new Pages<>(size, reading, key, wish);
    }

    /// All rows together.
    public List<T> all() {
        List<T> all = new ArrayList<>();
        forEach(all::addAll);
        return all;
    }

    @Override
    public Iterator<List<T>> iterator() {
        return new Iterator<>() {
            private List<T> page = List.of();
            private Optional<K> last = Optional.empty();
            private boolean begun;
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (page.isEmpty() && !ended) {
                    page = begun && !goOn.getAsBoolean() ? List.of() : reading.read(last, size);
                    begun = true;
                    ended = page.size() < size;
                }
                return !page.isEmpty();
            }

            @Override
            public List<T> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                List<T> current = page;
                last = Optional.of(key.apply(current.getLast()));
                page = List.of();
                return current;
            }
        };
    }
}
