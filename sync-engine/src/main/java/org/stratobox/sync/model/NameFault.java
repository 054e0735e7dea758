package org.stratobox.sync.model;

/// Why a name or a path is not one that Stratobox keeps (`format.md` 3.14). What a platform cannot write is no fault
/// here: it is mapped when the file is written.
public enum NameFault {
    /// No character at all, or two separators in a row, or one at an end.
    EMPTY,
    /// The name is `.` or `..`.
    DOTS,
    /// The name holds `/` or NUL, which no file system keeps inside a name.
    SEPARATOR,
    /// The text holds half of a surrogate pair, so it has no UTF-8 form.
    NOT_UNICODE,
    /// The text is not in Unicode normalisation form C.
    NOT_NFC,
    /// The name has more than 255 bytes in UTF-8.
    NAME_TOO_LONG,
    /// The path has more than 128 names.
    TOO_DEEP
}
