/// The embedded node: a server of the restic REST protocol over a folder. It knows nothing of accounts or keys; what it
/// stores is named by its hash and checked against it.
@NullMarked
package org.stratobox.sync.node;

import org.jspecify.annotations.NullMarked;
