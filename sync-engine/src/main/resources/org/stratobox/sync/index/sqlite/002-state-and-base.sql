-- Two sides of a path: `sealed` is the merged state that is published, `base` what this device's disk had when it last
-- touched the path. `kind`, `size` and the other evidence describe the base.
ALTER TABLE entry ADD COLUMN state INTEGER NOT NULL DEFAULT 3;  -- kind of the merged state
ALTER TABLE entry ADD COLUMN base BLOB;                         -- NULL while it equals the state
UPDATE entry SET state = kind;
CREATE INDEX entry_differs ON entry (id) WHERE base IS NOT NULL;

-- Up to where the trees of other devices were merged.
CREATE TABLE merged (
  device BLOB NOT NULL,
  folder BLOB NOT NULL,
  sealed BLOB NOT NULL,                -- capability of the tree
  PRIMARY KEY (device, folder)
) STRICT, WITHOUT ROWID;
