-- Format 2: layers as contents in packs, and the recipes that make their blobs again.

-- With it, the blob has no bytes of its own: they are made from its recipe.
ALTER TABLE blob ADD COLUMN rebuilt INTEGER NOT NULL DEFAULT 0 CHECK (rebuilt = 0 OR file IS NULL);

-- Who does what only one process may do at a time.
CREATE TABLE claim (
  name    TEXT    NOT NULL PRIMARY KEY,
  process INTEGER NOT NULL REFERENCES process ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_process ON claim (process);

-- The generation changes when something is taken out of a pack that stays. Numbers are never used again.
CREATE TABLE pack (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  file       TEXT    NOT NULL UNIQUE,
  size       INTEGER NOT NULL,
  raw_size   INTEGER NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0,
  damaged    INTEGER NOT NULL DEFAULT 0,
  created    INTEGER NOT NULL
) STRICT;

-- No reference to pack is declared: it would want an index as large as the table.
CREATE TABLE content (
  digest BLOB    NOT NULL PRIMARY KEY,
  pack   INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  size   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The tar recipe and the small contents are extents in packs: three numbers of eight bytes each, pack, offset, length.
CREATE TABLE layer (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  diff_id BLOB    NOT NULL UNIQUE,
  size    INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  recipe  BLOB    NOT NULL,
  smalls  BLOB    NOT NULL,
  created INTEGER NOT NULL
) STRICT;

-- How to make a blob from its layer: proven by making it in full from what is on disk.
CREATE TABLE recipe (
  digest  BLOB    NOT NULL PRIMARY KEY REFERENCES blob ON DELETE CASCADE,
  layer   INTEGER NOT NULL REFERENCES layer ON UPDATE CASCADE,
  encoder TEXT    NOT NULL,
  bytes   BLOB    NOT NULL,
  proven  INTEGER NOT NULL
) STRICT;

CREATE INDEX recipe_layer ON recipe (layer);

CREATE TRIGGER blob_without_bytes BEFORE UPDATE OF rebuilt ON blob
WHEN NEW.rebuilt = 1 AND NOT EXISTS (SELECT 1 FROM recipe WHERE digest = NEW.digest)
BEGIN
  SELECT RAISE(ABORT, 'a blob without a proven recipe keeps its bytes');
END;

CREATE TRIGGER blob_never_had_bytes BEFORE INSERT ON blob
WHEN NEW.rebuilt = 1
BEGIN
  SELECT RAISE(ABORT, 'a blob begins with its bytes');
END;

CREATE TRIGGER recipe_in_use BEFORE DELETE ON recipe
WHEN EXISTS (SELECT 1 FROM blob WHERE digest = OLD.digest AND rebuilt = 1)
BEGIN
  SELECT RAISE(ABORT, 'the recipe is all there is of the blob');
END;

-- Why a blob is kept as it came, and what did not know how to make it.
CREATE TABLE verdict (
  digest  BLOB    NOT NULL PRIMARY KEY REFERENCES blob ON DELETE CASCADE,
  reason  TEXT    NOT NULL,
  version TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Manifests whose blobs keep their files.
CREATE TABLE pin (
  digest BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What is kept of which layers; the first that fits holds.
CREATE TABLE policy (
  position INTEGER NOT NULL PRIMARY KEY,
  pattern  TEXT    NOT NULL,
  smallest INTEGER NOT NULL,
  keep     TEXT    NOT NULL
) STRICT;
