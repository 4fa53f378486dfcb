/// Memory of connections: slabs, receive buffers, and the bytes that wait in them.
@NullMarked
package dev.dray.http.netty.memory;

import org.jspecify.annotations.NullMarked;
