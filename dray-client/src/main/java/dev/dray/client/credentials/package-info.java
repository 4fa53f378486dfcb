/// Credentials per host, from the files and helpers of docker and podman.
@NullMarked
package dev.dray.client.credentials;

import org.jspecify.annotations.NullMarked;
