/// The commands on an engine's store under kills, disk failures, corruption and hostile archives.
@NullMarked
package dev.dray.acceptance.faults;

import org.jspecify.annotations.NullMarked;
