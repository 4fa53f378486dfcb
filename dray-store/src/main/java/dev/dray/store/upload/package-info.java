/// Resumable upload sessions.
@NullMarked
package dev.dray.store.upload;

import org.jspecify.annotations.NullMarked;
