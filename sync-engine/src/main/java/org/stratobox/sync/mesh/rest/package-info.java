/// A node that speaks the restic REST protocol: our own `serve`, restic's `rest-server`, `rclone serve restic`. The only
/// user of OkHttp; nothing of OkHttp is visible outside.
@NullMarked
package org.stratobox.sync.mesh.rest;

import org.jspecify.annotations.NullMarked;
