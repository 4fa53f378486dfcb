/// `tar-split.json.gz`, in which Docker and containers/storage record how a layer was assembled: read, written and
/// assembled as Go's tar-split (github.com/vbatts/tar-split) does.
@NullMarked
package dev.dray.layer.tarsplit;

import org.jspecify.annotations.NullMarked;
