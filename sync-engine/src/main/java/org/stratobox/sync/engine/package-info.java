/// The engine as a whole: homes, open accounts, passes, and looking an account up with its phrase alone. It composes the
/// layers below and implements `sync.api`; adapters are given to it.
@NullMarked
package org.stratobox.sync.engine;

import org.jspecify.annotations.NullMarked;
