/// Who the user is on which host: the files and helpers that docker and podman keep.
@NullMarked
package dev.dray.client.credentials;

import org.jspecify.annotations.NullMarked;
