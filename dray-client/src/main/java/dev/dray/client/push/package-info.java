/// Planning and doing a push with the fewest requests.
@NullMarked
package dev.dray.client.push;

import org.jspecify.annotations.NullMarked;
