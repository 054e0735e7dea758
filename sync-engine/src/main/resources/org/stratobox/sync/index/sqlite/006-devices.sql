-- The newest head of each device that may be merged, as it was sealed.
CREATE TABLE accepted_head (
  device   BLOB NOT NULL PRIMARY KEY,
  envelope BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was noticed about devices and nodes. Words and names are inside `sealed`.
CREATE TABLE alarm (
  id           TEXT    NOT NULL PRIMARY KEY,
  kind         TEXT    NOT NULL,
  since        INTEGER NOT NULL,           -- milliseconds since 1970
  acknowledged INTEGER NOT NULL,
  settled      INTEGER NOT NULL,           -- it is over
  sealed       BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- When a node listed less than it had confirmed.
CREATE TABLE stale_sight (
  node BLOB    NOT NULL,
  wall INTEGER NOT NULL,
  PRIMARY KEY (node, wall)
) STRICT, WITHOUT ROWID;

-- The highest counter of this device that each of its heads can name.
CREATE TABLE own_counter (
  seq     INTEGER PRIMARY KEY,
  counter INTEGER NOT NULL
) STRICT;
