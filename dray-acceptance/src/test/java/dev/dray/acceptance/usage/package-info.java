/// The command's help and its usage errors.
@NullMarked
package dev.dray.acceptance.usage;

import org.jspecify.annotations.NullMarked;
