/// Transfers, whichever direction they take: listeners, the fate of each blob, traffic, and concurrent tasks that end
/// together.
@NullMarked
package dev.dray.client.transfer;

import org.jspecify.annotations.NullMarked;
