/// Authentication with registries: challenges, Basic, bearer tokens.
@NullMarked
package dev.dray.client.auth;

import org.jspecify.annotations.NullMarked;
