/// The user's disk: what is there and how it is read ([LocalFiles]), and every write the engine makes on it ([LocalDisk]), none
/// of which can destroy what a user wrote. Small files of the product's own are replaced so that a crash leaves the old or the
/// new bytes ([AtomicFile]). Knows paths and bytes, nothing of the account.
@NullMarked
package org.stratobox.sync.localfs;

import org.jspecify.annotations.NullMarked;
