/// What this device knows: the port of the local index. A cache: it can be deleted at any time and rebuilt from the mesh
/// and the disk without losing or re-uploading anything. Names and capabilities are sealed under the device's local key;
/// sizes and times are not (`format.md` 3.12).
@NullMarked
package org.stratobox.sync.index;

import org.jspecify.annotations.NullMarked;
