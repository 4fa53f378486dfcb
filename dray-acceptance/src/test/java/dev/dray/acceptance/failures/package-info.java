/// Bad input and bad environments: a clear error, nothing half-written, and a second run that succeeds.
@NullMarked
package dev.dray.acceptance.failures;

import org.jspecify.annotations.NullMarked;
