/// Who a client is, and the shares of a budget that clients have.
@NullMarked
package dev.dray.http.budget;

import org.jspecify.annotations.NullMarked;
