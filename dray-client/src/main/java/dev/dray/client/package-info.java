/// Speaking to a registry: transport, credentials, push planner, transfers.
@NullMarked
package dev.dray.client;

import org.jspecify.annotations.NullMarked;
