/// Clients and registries of others on the other side.
@NullMarked
package dev.dray.acceptance.clients;

import org.jspecify.annotations.NullMarked;
