/// `tar-split.json.gz`, in which Docker and containers/storage keep how a layer was put together: read, written and
/// assembled as Go's tar-split (github.com/vbatts/tar-split) does.
@NullMarked
package dev.dray.layer.tarsplit;

import org.jspecify.annotations.NullMarked;
