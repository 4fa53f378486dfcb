/// JSON as a small immutable tree, read with limits that hold against strangers' documents.
@NullMarked
package dev.dray.model.json;

import org.jspecify.annotations.NullMarked;
