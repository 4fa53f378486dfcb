/// What the command says to a person who asks, or errs.
@NullMarked
package dev.dray.acceptance.usage;

import org.jspecify.annotations.NullMarked;
