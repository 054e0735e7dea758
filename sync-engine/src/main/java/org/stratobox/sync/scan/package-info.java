/// Finding what changed on disk: a walk that compares what `lstat` says with the evidence in the index. It decides nothing
/// about versions; a change may be assumed on weak evidence, a deletion never (`sync.md` 3, `sync-disk.md` 2).
@NullMarked
package org.stratobox.sync.scan;

import org.jspecify.annotations.NullMarked;
