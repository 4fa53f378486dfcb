/// Archives, layouts and copies, exchanged with other programs.
@NullMarked
package dev.dray.acceptance.archives;

import org.jspecify.annotations.NullMarked;
