-- Format 1. Digests are their hash alone: 32 bytes are sha256, 64 are sha512. Times are milliseconds since 1970.

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers are never used again: names of files carry them.
CREATE TABLE process (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  started INTEGER NOT NULL
) STRICT;

CREATE TABLE repository (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Without a file, the bytes are in inline_bytes.
CREATE TABLE blob (
  digest  BLOB    NOT NULL PRIMARY KEY,
  size    INTEGER NOT NULL,
  file    TEXT,
  damaged INTEGER NOT NULL DEFAULT 0,
  touched INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX blob_file ON blob (file) WHERE file IS NOT NULL;

CREATE TABLE inline_bytes (
  id     INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE REFERENCES blob ON DELETE CASCADE,
  bytes  BLOB NOT NULL
) STRICT;

CREATE TABLE link (
  repository INTEGER NOT NULL REFERENCES repository,
  digest     BLOB    NOT NULL REFERENCES blob,
  PRIMARY KEY (repository, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_digest ON link (digest);

CREATE TABLE manifest (
  id         INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repository,
  digest     BLOB    NOT NULL,
  media_type TEXT    NOT NULL,
  subject    BLOB,
  stored     INTEGER NOT NULL,
  raw        BLOB    NOT NULL,
  UNIQUE (repository, digest)
) STRICT;

CREATE INDEX manifest_subject ON manifest (repository, subject, digest) WHERE subject IS NOT NULL;

-- What a manifest names: its blobs, or, with child set, the manifests of an index.
CREATE TABLE reference (
  manifest INTEGER NOT NULL REFERENCES manifest ON DELETE CASCADE,
  child    INTEGER NOT NULL,
  digest   BLOB    NOT NULL,
  PRIMARY KEY (manifest, child, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX reference_digest ON reference (digest);

CREATE TABLE tag (
  repository INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  digest     BLOB    NOT NULL,
  PRIMARY KEY (repository, name),
  FOREIGN KEY (repository, digest) REFERENCES manifest (repository, digest) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_digest ON tag (repository, digest);

-- How far an upload has come is the length of its file.
CREATE TABLE upload (
  id         TEXT    NOT NULL PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repository,
  owner      TEXT    NOT NULL,
  process    INTEGER REFERENCES process ON DELETE SET NULL,
  lifetime   INTEGER NOT NULL,
  expires    INTEGER NOT NULL,
  file       TEXT    NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_expires ON upload (expires);
CREATE INDEX upload_process ON upload (process);

CREATE TABLE lease (
  id      INTEGER PRIMARY KEY,
  process INTEGER NOT NULL REFERENCES process ON DELETE CASCADE
) STRICT;

CREATE INDEX lease_process ON lease (process);

-- The blobs need not exist yet.
CREATE TABLE leased (
  lease  INTEGER NOT NULL REFERENCES lease ON DELETE CASCADE,
  digest BLOB    NOT NULL,
  PRIMARY KEY (lease, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX leased_digest ON leased (digest);

-- A repository of a registry elsewhere.
CREATE TABLE place (
  id         INTEGER PRIMARY KEY,
  host       TEXT NOT NULL,
  repository TEXT NOT NULL,
  UNIQUE (host, repository)
) STRICT;

CREATE TABLE seen (
  digest BLOB    NOT NULL,
  place  INTEGER NOT NULL REFERENCES place,
  last   INTEGER NOT NULL,
  PRIMARY KEY (digest, place)
) STRICT, WITHOUT ROWID;
