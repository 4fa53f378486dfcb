/// Fixtures of this module: programs, servers, peers, disks. Closing stops all of them.
@NullMarked
package dev.dray.acceptance.stage;

import org.jspecify.annotations.NullMarked;
