/// What the commands that work on an engine's store do when they are killed, the disk fails or lies, and archives are
/// hostile.
@NullMarked
package dev.dray.acceptance.faults;

import org.jspecify.annotations.NullMarked;
