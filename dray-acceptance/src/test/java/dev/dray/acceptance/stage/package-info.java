/// What the tests of this module set up: programs, servers, peers, disks. All of it is stopped when it is closed.
@NullMarked
package dev.dray.acceptance.stage;

import org.jspecify.annotations.NullMarked;
