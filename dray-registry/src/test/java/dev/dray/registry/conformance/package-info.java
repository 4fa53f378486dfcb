/// The OCI conformance list, test by test, over HTTP.
@NullMarked
package dev.dray.registry.conformance;

import org.jspecify.annotations.NullMarked;
