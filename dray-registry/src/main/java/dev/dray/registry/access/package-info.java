/// Access control: users, credentials, and rules about who may do what in which repository.
@NullMarked
package dev.dray.registry.access;

import org.jspecify.annotations.NullMarked;
