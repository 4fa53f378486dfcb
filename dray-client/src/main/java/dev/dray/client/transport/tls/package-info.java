/// Which hosts speak TLS, and which certificates are trusted.
@NullMarked
package dev.dray.client.transport.tls;

import org.jspecify.annotations.NullMarked;
