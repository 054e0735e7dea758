-- What changed the folders of this device, one row a pass, so that it can be told and taken back (sync-disk.md 5.2).
CREATE TABLE pass (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  wall     INTEGER NOT NULL,           -- milliseconds since 1970
  folder   BLOB    NOT NULL,
  cause    INTEGER NOT NULL,           -- 0 this computer, 1 another device, 2 undo, 3 put back
  device   BLOB,                       -- which device, for 1
  undone   INTEGER,                    -- which pass, for 2
  created  INTEGER NOT NULL,
  changed  INTEGER NOT NULL,
  deleted  INTEGER NOT NULL,
  complete INTEGER NOT NULL            -- whether all it changed is in pass_change
) STRICT;

-- Paths that a pass changed. Path, entry before and entry after are inside `sealed`.
CREATE TABLE pass_change (
  pass   INTEGER NOT NULL REFERENCES pass (id) ON DELETE CASCADE,
  tag    BLOB    NOT NULL,             -- keyed hash of the path
  sealed BLOB    NOT NULL,
  PRIMARY KEY (pass, tag)
) STRICT, WITHOUT ROWID;
