/// Archives, layouts and copies, with the programs of others at the other end.
@NullMarked
package dev.dray.acceptance.archives;

import org.jspecify.annotations.NullMarked;
