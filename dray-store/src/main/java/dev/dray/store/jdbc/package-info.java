/// The tables of the catalog over JDBC, in SQL that SQLite and PostgreSQL both understand. What only one of them
/// says is behind [dev.dray.store.jdbc.Dialect].
@NullMarked
package dev.dray.store.jdbc;

import org.jspecify.annotations.NullMarked;
