/// The OCI distribution API on `/v2/`: one class for each group of endpoints, and one table of errors.
@NullMarked
package dev.dray.registry.api;

import org.jspecify.annotations.NullMarked;
