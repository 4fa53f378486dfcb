/// Interoperation with other clients and registries.
@NullMarked
package dev.dray.acceptance.clients;

import org.jspecify.annotations.NullMarked;
