package org.stratobox.sync.api;

import java.util.List;

import org.stratobox.sync.api.SyncReport.Problem;

/// What a restore did.
///
/// @param files files written
/// @param kept files that were there already with the same bytes
/// @param beside files written under another name because something else had theirs
/// @param bytes plaintext bytes written
/// @param badNodes addresses of nodes that served wrong bytes or lacked what they should have
/// @param left what could not be restored
/// @param millis how long it took
public record RestoreReport(long files, long kept, long beside, long bytes, List<String> badNodes, List<Problem> left,
        long millis) {}
