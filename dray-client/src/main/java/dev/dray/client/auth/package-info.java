/// Proving to a registry who asks: challenges, Basic, bearer tokens.
@NullMarked
package dev.dray.client.auth;

import org.jspecify.annotations.NullMarked;
