/// The domain's values, immutable and over raw bytes, and the content abstractions that all modules share.
@NullMarked
package dev.dray.model;

import org.jspecify.annotations.NullMarked;
