/// HTTP as a registry needs it: connections, retries, redirects, counting, errors.
@NullMarked
package dev.dray.client.transport;

import org.jspecify.annotations.NullMarked;
