/// The registry client: requests, transport, credentials, pushes and transfers.
@NullMarked
package dev.dray.client;

import org.jspecify.annotations.NullMarked;
