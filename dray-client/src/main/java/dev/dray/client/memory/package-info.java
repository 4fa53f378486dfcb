/// What is learnt of registries and kept from one command to the next: never more than a hint.
@NullMarked
package dev.dray.client.memory;

import org.jspecify.annotations.NullMarked;
