/// The user's disk: what is there, how it is read, and how something is written so that a crash leaves either the old or
/// the new bytes. Knows paths and bytes, nothing of the account.
@NullMarked
package org.stratobox.sync.localfs;

import org.jspecify.annotations.NullMarked;
