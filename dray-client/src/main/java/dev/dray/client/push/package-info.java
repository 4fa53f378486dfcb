/// Plans and performs pushes with the fewest requests.
@NullMarked
package dev.dray.client.push;

import org.jspecify.annotations.NullMarked;
