/// Images in the store: finding, listing, tagging, describing and removing them.
@NullMarked
package dev.dray.engine.repository;

import org.jspecify.annotations.NullMarked;
