-- Plans of the collector, own ones and those of other devices.
CREATE TABLE gc_plan (
  id        BLOB    NOT NULL PRIMARY KEY,
  name      BLOB    NOT NULL,              -- object on the nodes
  body      BLOB    NOT NULL,              -- encoded plan; ids of packs only
  state     TEXT    NOT NULL,
  announced INTEGER NOT NULL               -- whether a head of its author named it
) STRICT, WITHOUT ROWID;

-- What each device answered to an own plan: the first of its heads that did.
CREATE TABLE gc_ack (
  plan   BLOB    NOT NULL,
  device BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (plan, device)
) STRICT, WITHOUT ROWID;

-- Packs whose envelopes must not be referenced anew: those of open plans, and those that may be gone.
CREATE TABLE gc_candidate (
  pack BLOB NOT NULL,
  plan BLOB NOT NULL,
  PRIMARY KEY (pack, plan)
) STRICT, WITHOUT ROWID;

-- Since when little of a pack is used, milliseconds since 1970.
CREATE TABLE gc_idle (
  pack  BLOB    NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Packs and index objects that were deleted: a node that was away may still name them.
CREATE TABLE gc_gone (name BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Further places of objects that more than one pack holds.
CREATE TABLE object_copy (
  cid    BLOB    NOT NULL,
  pack   INTEGER NOT NULL REFERENCES pack (id),
  type   INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (cid, pack)
) STRICT, WITHOUT ROWID;
CREATE INDEX object_copy_pack ON object_copy (pack, offset);
