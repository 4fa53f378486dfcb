package dev.dray.store.catalog;

import dev.dray.model.ByteSize;
import java.util.List;

/// What the operator wants kept of layers.
public interface Policies {
    /// The rules in their order; the first that fits holds.
    List<Rule> list();

    /// Replaces all rules.
    void set(List<Rule> rules);

    /// A rule.
    ///
    /// @param pattern which repositories, as the engine reads it
    /// @param smallest blobs below this size are not meant
    /// @param keep what is kept, as the engine names it
    record Rule(String pattern, ByteSize smallest, String keep) {}
}
