-- Synced entries as last stored (the base of sync.md 2). Names and capabilities are inside `sealed`.
CREATE TABLE entry (
  id       INTEGER PRIMARY KEY,
  parent   INTEGER NOT NULL,           -- row of the directory; 0 for the root of a folder
  tag      BLOB    NOT NULL,           -- keyed hash of the name; of the folder id for a root
  kind     INTEGER NOT NULL,           -- 0 file, 1 directory, 2 symbolic link, 3 tombstone
  size     INTEGER NOT NULL,
  mtime    INTEGER NOT NULL,           -- nanoseconds since 1970
  ctime    INTEGER NOT NULL,
  inode    INTEGER NOT NULL,
  mode     INTEGER NOT NULL,
  racy     INTEGER NOT NULL,
  dirty    INTEGER NOT NULL,           -- directories: a change below is not in a tree object yet
  sealed   BLOB    NOT NULL,
  UNIQUE (parent, tag)
) STRICT;

-- Packs that were stored safely.
CREATE TABLE pack (
  id        INTEGER PRIMARY KEY,
  name      BLOB    NOT NULL UNIQUE,   -- SHA-256 of the pack
  length    INTEGER NOT NULL,
  k         INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  shares    BLOB    NOT NULL,          -- repeated: share index 1, name 32, node 16, Merkle root 32
  published INTEGER NOT NULL,          -- whether an index object names it
  verified  INTEGER                    -- milliseconds since 1970 of the last proof
) STRICT;
CREATE INDEX pack_unpublished ON pack (id) WHERE published = 0;

-- Sealed objects inside packs.
CREATE TABLE object (
  cid    BLOB    NOT NULL PRIMARY KEY,
  pack   INTEGER NOT NULL REFERENCES pack (id),
  type   INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX object_pack ON object (pack, offset);

-- Index objects on the mesh that were read or written.
CREATE TABLE index_object (name BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Shares that their nodes still lack.
CREATE TABLE debt (
  pack  BLOB    NOT NULL,
  share INTEGER NOT NULL,
  node  BLOB    NOT NULL,
  PRIMARY KEY (pack, share, node)
) STRICT, WITHOUT ROWID;

-- Copies of objects outside packs that their nodes still lack.
CREATE TABLE copy_debt (
  space TEXT NOT NULL,
  name  BLOB NOT NULL,
  node  BLOB NOT NULL,
  PRIMARY KEY (space, name, node)
) STRICT, WITHOUT ROWID;

-- Heads that were read and accepted, or written by this device.
CREATE TABLE head (
  name   BLOB    NOT NULL PRIMARY KEY, -- object on the nodes
  device BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  hash   BLOB    NOT NULL,
  wall   INTEGER NOT NULL              -- milliseconds since 1970 by the device's clock
) STRICT, WITHOUT ROWID;
CREATE INDEX head_device ON head (device, seq);

CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
