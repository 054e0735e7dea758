/// Calls between processes of one home, over real sockets.
@NullMarked
package org.stratobox.app.control;

import org.jspecify.annotations.NullMarked;
