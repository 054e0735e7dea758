-- When which node last proved that it holds a share.
CREATE TABLE proof (
  pack   INTEGER NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
  share  INTEGER NOT NULL,
  node   BLOB    NOT NULL,
  proven INTEGER NOT NULL,             -- milliseconds since 1970
  PRIMARY KEY (pack, share, node)
) STRICT, WITHOUT ROWID;

-- Summary of a pack's proofs; `pack.verified` is since when enough of its shares are proven, NULL while they are not.
ALTER TABLE pack ADD COLUMN proofs INTEGER NOT NULL DEFAULT 0;  -- how many shares on their nodes
ALTER TABLE pack ADD COLUMN nodes INTEGER NOT NULL DEFAULT 0;   -- on how many different nodes
UPDATE pack SET verified = NULL;
CREATE INDEX pack_verified ON pack (verified);
CREATE INDEX pack_incomplete ON pack (id) WHERE proofs * 81 < length(shares);
-- Trees and commits: what leads to files.
CREATE INDEX object_tree ON object (pack) WHERE type IN (4, 5);

-- Paths that are not to be on this disk.
CREATE TABLE selection (
  folder BLOB NOT NULL,
  tag    BLOB NOT NULL,                -- keyed hash of the path
  sealed BLOB NOT NULL,                -- the path
  PRIMARY KEY (folder, tag)
) STRICT, WITHOUT ROWID;
