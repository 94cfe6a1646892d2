/** The tables of the SQLite store. Each migration is run once, in order; none is ever changed after it was published. */

export const migrations: readonly string[] = [
  `
  CREATE TABLE testamur_tenant (
    tenant TEXT PRIMARY KEY,
    secret TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE testamur_list (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    purpose TEXT NOT NULL,
    number INTEGER NOT NULL,
    length INTEGER NOT NULL,
    status_size INTEGER NOT NULL,
    secret TEXT NOT NULL,
    allocated INTEGER NOT NULL DEFAULT 0,
    seq INTEGER NOT NULL DEFAULT 0,
    hash TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant, purpose, number),
    CHECK (allocated <= length)
  ) WITHOUT ROWID;

  CREATE TABLE testamur_entry (
    list TEXT NOT NULL REFERENCES testamur_list (id),
    place INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    purpose TEXT NOT NULL,
    key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    value INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (list, place),
    UNIQUE (key, tenant, purpose)
  ) WITHOUT ROWID;
  CREATE INDEX testamur_entry_set ON testamur_entry (list, place, value) WHERE value <> 0;

  CREATE TABLE testamur_event (
    list TEXT NOT NULL REFERENCES testamur_list (id),
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (list, seq)
  );

  CREATE TABLE testamur_change (
    list TEXT NOT NULL REFERENCES testamur_list (id),
    place INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (list, place, seq)
  ) WITHOUT ROWID;

  CREATE TABLE testamur_published (
    list TEXT PRIMARY KEY REFERENCES testamur_list (id),
    version INTEGER NOT NULL,
    covers INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    ttl INTEGER NOT NULL,
    credential TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
]
