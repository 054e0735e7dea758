-- What is about to be done to a user's disk (sync-disk.md 3.4). Paths and entries are inside `sealed`.
CREATE TABLE intent (
  id     INTEGER PRIMARY KEY,
  folder BLOB    NOT NULL,
  sealed BLOB    NOT NULL
) STRICT;

-- What was displaced on this disk and is kept.
CREATE TABLE trash (
  id        INTEGER PRIMARY KEY,
  folder    BLOB    NOT NULL,
  displaced INTEGER NOT NULL,          -- milliseconds since 1970
  settled   INTEGER NOT NULL,          -- whether it was looked at again for late writers
  sealed    BLOB    NOT NULL
) STRICT;
CREATE INDEX trash_unsettled ON trash (folder, displaced) WHERE settled = 0;
