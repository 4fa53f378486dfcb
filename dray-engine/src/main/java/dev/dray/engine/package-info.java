/// Images on this host: pulled, tagged, pushed, imported, looked at, verified and removed.
///
/// [Engine] is the way in. An engine's images are repositories of a [dev.dray.store.Store] of kind `ENGINE`, named with
/// their host: `docker.io/library/ubuntu`.
@NullMarked
package dev.dray.engine;

import org.jspecify.annotations.NullMarked;
