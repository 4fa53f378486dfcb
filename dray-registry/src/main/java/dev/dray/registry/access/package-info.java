/// Who may do what in which repository, and how a caller shows who he is.
@NullMarked
package dev.dray.registry.access;

import org.jspecify.annotations.NullMarked;
