/// How several processes share one home. The process that holds it ([org.stratobox.app.control.ControlServer], beside an
/// open account) listens on a Unix domain socket in the home; every other one ([org.stratobox.app.control.ControlClient])
/// gets an [org.stratobox.sync.api.Account] of which each call travels there: JSON lines, one object each, with the
/// interfaces of `sync.api` as the only table of what may be called. No passphrase is needed: who may enter the directory
/// of the home is its owner, and both sides compare the user at the other end. Nothing here knows what a call means.
@NullMarked
package org.stratobox.app.control;

import org.jspecify.annotations.NullMarked;
