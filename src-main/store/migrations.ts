/**
 * The steps that make the store, in order: a store at version n has had the first n. A step that has shipped is
 * never edited; a change is a new step at the end.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT;
  INSERT INTO meta (key, value) VALUES ('dataVersion', 0);

  CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
  ) STRICT;

  CREATE TABLE import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('sales', 'customers', 'series')),
    imported_at TEXT NOT NULL,
    read INTEGER NOT NULL CHECK (read >= 0),
    kept INTEGER NOT NULL CHECK (kept >= 0),
    set_aside INTEGER NOT NULL CHECK (set_aside >= 0),
    duplicates INTEGER NOT NULL CHECK (duplicates >= 0),
    set_aside_by_reason TEXT NOT NULL CHECK (json_valid(set_aside_by_reason)),
    first_day TEXT,
    last_day TEXT,
    columns TEXT NOT NULL CHECK (json_valid(columns)),
    details TEXT NOT NULL CHECK (json_valid(details)),
    CHECK (read = kept + set_aside + duplicates)
  ) STRICT;

  CREATE TABLE set_aside_block (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (import_id, first)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sale_dictionary (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name IN ('customers', 'products', 'invoices', 'countries')),
    data BLOB NOT NULL,
    PRIMARY KEY (import_id, name)
  ) STRICT;

  CREATE TABLE sale_block (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    lines INTEGER NOT NULL CHECK (lines BETWEEN 1 AND 65536),
    data BLOB NOT NULL,
    PRIMARY KEY (import_id, column_name, block)
  ) STRICT;

  CREATE TABLE customer_attribute (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    customer TEXT NOT NULL,
    attributes TEXT NOT NULL CHECK (json_valid(attributes)),
    repeated INTEGER NOT NULL CHECK (repeated IN (0, 1)),
    PRIMARY KEY (import_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE series_point (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    repeated INTEGER NOT NULL CHECK (repeated IN (0, 1)),
    PRIMARY KEY (import_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    method TEXT NOT NULL,
    input_key TEXT NOT NULL,
    data_version INTEGER NOT NULL,
    output TEXT NOT NULL CHECK (json_valid(output)),
    UNIQUE (method, input_key, data_version)
  ) STRICT;
  `,
  `
  CREATE TABLE playbook (
    segment TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    description TEXT NOT NULL,
    actions TEXT NOT NULL CHECK (json_valid(actions)),
    offer TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('promotion', 'special', 'closed')),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (last_day >= first_day),
    every_year INTEGER NOT NULL CHECK (every_year IN (0, 1)),
    source TEXT NOT NULL,
    UNIQUE (name, kind, first_day, last_day)
  ) STRICT;

  CREATE TABLE published_forecast (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    published_at TEXT NOT NULL,
    data_version INTEGER NOT NULL,
    input TEXT NOT NULL CHECK (json_valid(input)),
    output TEXT NOT NULL CHECK (json_valid(output))
  ) STRICT;
  CREATE TRIGGER published_forecast_is_frozen BEFORE UPDATE ON published_forecast
  BEGIN SELECT RAISE(ABORT, 'a published forecast is never changed'); END;
  CREATE TRIGGER published_forecast_is_kept BEFORE DELETE ON published_forecast
  BEGIN SELECT RAISE(ABORT, 'a published forecast is never deleted'); END;

  CREATE TABLE forecast_adjustment (
    id INTEGER PRIMARY KEY,
    forecast_id INTEGER NOT NULL REFERENCES published_forecast (id),
    made_at TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (last_day >= first_day),
    change REAL NOT NULL CHECK (change >= -1),
    note TEXT NOT NULL CHECK (note <> '')
  ) STRICT;
  CREATE TRIGGER forecast_adjustment_is_frozen BEFORE UPDATE ON forecast_adjustment
  BEGIN SELECT RAISE(ABORT, 'an adjustment is never changed'); END;
  CREATE TRIGGER forecast_adjustment_is_kept BEFORE DELETE ON forecast_adjustment
  BEGIN SELECT RAISE(ABORT, 'an adjustment is never deleted'); END;

  CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    saved_at TEXT NOT NULL,
    data_version INTEGER NOT NULL,
    app_version TEXT NOT NULL,
    input TEXT NOT NULL CHECK (json_valid(input)),
    summary TEXT NOT NULL CHECK (json_valid(summary)),
    state BLOB NOT NULL
  ) STRICT;
  `,
];
