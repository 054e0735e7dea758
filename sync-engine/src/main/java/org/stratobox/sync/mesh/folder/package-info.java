/// A folder as a node: the layout of a restic repository, written so that a crash never shows half an object. Also used
/// by the embedded server, which puts HTTP in front of it.
@NullMarked
package org.stratobox.sync.mesh.folder;

import org.jspecify.annotations.NullMarked;
