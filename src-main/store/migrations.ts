/**
 * The steps that make the store, in order: a store at version n has had the first n. A step that has shipped is
 * never edited, nor is what it is made with; a change is a new step at the end. `row_sum` is the store's own (seals.ts).
 */

/** Keeps the tally of a table in step with the sums of its rows. */
const tallied = (table: string): string => `
  INSERT INTO tally (name, rows, total)
    SELECT '${table}', count(*), ifnull(sum(sum), 0) FROM ${table};
  CREATE TRIGGER ${table}_tally_insert AFTER INSERT ON ${table} BEGIN
    UPDATE tally SET rows = rows + 1, total = total + NEW.sum WHERE name = '${table}';
  END;
  CREATE TRIGGER ${table}_tally_update AFTER UPDATE OF sum ON ${table} BEGIN
    UPDATE tally SET total = total - OLD.sum + NEW.sum WHERE name = '${table}';
  END;
  CREATE TRIGGER ${table}_tally_delete AFTER DELETE ON ${table} BEGIN
    UPDATE tally SET rows = rows - 1, total = total - OLD.sum WHERE name = '${table}';
  END;`;

/** Seals a small table: its rows are summed by triggers. The key comes first among the columns and never changes. */
function sealed(table: string, columns: string[]): string {
  const sum = (row: string) => `row_sum('${table}', ${columns.map((column) => row + column).join(', ')})`;
  const reseal = `UPDATE ${table} SET sum = ${sum('NEW.')} WHERE ${columns[0]} = NEW.${columns[0]};`;
  return `
  ALTER TABLE ${table} ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
  UPDATE ${table} SET sum = ${sum('')};
  CREATE TRIGGER ${table}_seal_insert AFTER INSERT ON ${table} BEGIN ${reseal} END;
  CREATE TRIGGER ${table}_seal_update AFTER UPDATE OF ${columns.join(', ')} ON ${table} BEGIN ${reseal} END;
  ${tallied(table)}`;
}

/** Seals a table anew whose columns have changed; its sum and its tally stay. */
function resealed(table: string, columns: string[]): string {
  const sum = `row_sum('${table}', ${columns.map((column) => `NEW.${column}`).join(', ')})`;
  const reseal = `UPDATE ${table} SET sum = ${sum} WHERE ${columns[0]} = NEW.${columns[0]};`;
  return `
  UPDATE ${table} SET sum = row_sum('${table}', ${columns.join(', ')});
  CREATE TRIGGER ${table}_seal_insert AFTER INSERT ON ${table} BEGIN ${reseal} END;
  CREATE TRIGGER ${table}_seal_update AFTER UPDATE OF ${columns.join(', ')} ON ${table} BEGIN ${reseal} END;`;
}

/** Makes a table anew with its sum before its packed bytes, which then need not be read to add up the sums. */
function remade(table: string, columns: string[], definition: string): string {
  const names = columns.join(', ');
  return `
  CREATE TABLE ${table}_new (${definition}) STRICT, WITHOUT ROWID;
  INSERT INTO ${table}_new (${names}, sum) SELECT ${names}, row_sum('${table}', ${names}) FROM ${table};
  DROP TABLE ${table};
  ALTER TABLE ${table}_new RENAME TO ${table};
  ${tallied(table)}`;
}

const ofImport = 'import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE';

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
  `
  PRAGMA application_id = ${0x536c7363};

  CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    total INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  INSERT INTO meta (key, value) VALUES ('change', 0);
  ${sealed('meta', ['key', 'value'])}
  ${sealed('setting', ['key', 'value'])}
  ${sealed('import', [
    'id',
    'file_name',
    'file_hash',
    'kind',
    'imported_at',
    'read',
    'kept',
    'set_aside',
    'duplicates',
    'set_aside_by_reason',
    'first_day',
    'last_day',
    'columns',
    'details',
  ])}
  ${sealed('playbook', ['segment', 'name', 'description', 'actions', 'offer'])}
  ${sealed('event', ['id', 'name', 'kind', 'first_day', 'last_day', 'every_year', 'source'])}

  DROP TRIGGER published_forecast_is_frozen;
  DROP TRIGGER forecast_adjustment_is_frozen;
  ${sealed('published_forecast', ['id', 'name', 'published_at', 'data_version', 'input', 'output'])}
  ${sealed('forecast_adjustment', ['id', 'forecast_id', 'made_at', 'first_day', 'last_day', 'change', 'note'])}
  CREATE TRIGGER published_forecast_is_frozen
    BEFORE UPDATE OF id, name, published_at, data_version, input, output ON published_forecast
  BEGIN SELECT RAISE(ABORT, 'a published forecast is never changed'); END;
  CREATE TRIGGER forecast_adjustment_is_frozen
    BEFORE UPDATE OF id, forecast_id, made_at, first_day, last_day, change, note ON forecast_adjustment
  BEGIN SELECT RAISE(ABORT, 'an adjustment is never changed'); END;

  ${sealed('model', ['id', 'name', 'saved_at', 'data_version', 'app_version', 'input', 'summary', 'state'])}

  CREATE TABLE backup_note (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    note TEXT NOT NULL CHECK (json_valid(note))
  ) STRICT;
  ${sealed('backup_note', ['id', 'note'])}

  ${remade(
    'set_aside_block',
    ['import_id', 'first', 'rows', 'data'],
    `${ofImport}, first INTEGER NOT NULL, rows INTEGER NOT NULL, sum INTEGER NOT NULL, data BLOB NOT NULL,
     PRIMARY KEY (import_id, first)`,
  )}
  ${remade(
    'sale_dictionary',
    ['import_id', 'name', 'data'],
    `${ofImport}, name TEXT NOT NULL CHECK (name IN ('customers', 'products', 'invoices', 'countries')),
     sum INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (import_id, name)`,
  )}
  ${remade(
    'sale_block',
    ['import_id', 'column_name', 'block', 'lines', 'data'],
    `${ofImport}, column_name TEXT NOT NULL, block INTEGER NOT NULL,
     lines INTEGER NOT NULL CHECK (lines BETWEEN 1 AND 65536), sum INTEGER NOT NULL, data BLOB NOT NULL,
     PRIMARY KEY (import_id, column_name, block)`,
  )}
  ${remade(
    'customer_attribute',
    ['import_id', 'position', 'customer', 'attributes', 'repeated'],
    `${ofImport}, position INTEGER NOT NULL, customer TEXT NOT NULL,
     attributes TEXT NOT NULL CHECK (json_valid(attributes)), repeated INTEGER NOT NULL CHECK (repeated IN (0, 1)),
     sum INTEGER NOT NULL, PRIMARY KEY (import_id, position)`,
  )}
  ${remade(
    'series_point',
    ['import_id', 'position', 'day', 'amount', 'repeated'],
    `${ofImport}, position INTEGER NOT NULL, day INTEGER NOT NULL, amount INTEGER NOT NULL,
     repeated INTEGER NOT NULL CHECK (repeated IN (0, 1)), sum INTEGER NOT NULL, PRIMARY KEY (import_id, position)`,
  )}

  DROP TABLE run;
  CREATE TABLE run (
    method TEXT NOT NULL,
    input_key TEXT NOT NULL,
    data_version INTEGER NOT NULL,
    made INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    output BLOB NOT NULL,
    PRIMARY KEY (method, input_key, data_version)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A kind of table and a dictionary of sale lines are what the program knows; the store only asks that they have a name.
  DROP TRIGGER import_seal_insert;
  DROP TRIGGER import_seal_update;
  ALTER TABLE import ADD COLUMN table_kind TEXT NOT NULL DEFAULT 'sales' CHECK (table_kind <> '');
  UPDATE import SET table_kind = kind;
  ALTER TABLE import DROP COLUMN kind;
  ALTER TABLE import RENAME COLUMN table_kind TO kind;
  -- What an import has stored is said by its entry from now on.
  UPDATE import SET details = json_set(details, '$.columns',
    json('["seconds","customer","product","invoice","country","quantity","price","rest","flags"]')) WHERE kind = 'sales';
  UPDATE import SET details = json_set(details, '$.repeats', 'once') WHERE kind = 'customers';
  UPDATE import SET details = json_set(details, '$.repeats', 'each') WHERE kind = 'series';
  ${resealed('import', [
    'id',
    'file_name',
    'file_hash',
    'imported_at',
    'read',
    'kept',
    'set_aside',
    'duplicates',
    'set_aside_by_reason',
    'first_day',
    'last_day',
    'columns',
    'details',
    'kind',
  ])}

  DELETE FROM tally WHERE name = 'sale_dictionary';
  ${remade(
    'sale_dictionary',
    ['import_id', 'name', 'data'],
    `${ofImport}, name TEXT NOT NULL CHECK (name <> ''), sum INTEGER NOT NULL, data BLOB NOT NULL,
     PRIMARY KEY (import_id, name)`,
  )}

  CREATE TABLE import_row (
    ${ofImport}, position INTEGER NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)),
    repeated INTEGER NOT NULL CHECK (repeated IN (0, 1)), sum INTEGER NOT NULL, PRIMARY KEY (import_id, position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO import_row (import_id, position, content, repeated, sum)
    SELECT import_id, position, content, repeated, row_sum('import_row', import_id, position, content, repeated) FROM (
      SELECT import_id, position, json_object('customer', customer, 'attributes', json(attributes)) AS content, repeated
        FROM customer_attribute
      UNION ALL
      SELECT import_id, position, json_object('day', day, 'amount', amount), repeated FROM series_point
    );
  ${tallied('import_row')}
  DROP TABLE customer_attribute;
  DROP TABLE series_point;
  DELETE FROM tally WHERE name IN ('customer_attribute', 'series_point');

  CREATE TABLE event_new (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('promotion', 'special', 'closed')),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (last_day >= first_day),
    every_year INTEGER NOT NULL CHECK (every_year IN (0, 1)),
    source TEXT NOT NULL,
    import_id INTEGER REFERENCES import (id) ON DELETE CASCADE,
    repeated INTEGER NOT NULL CHECK (repeated IN (0, 1))
  ) STRICT;
  INSERT INTO event_new
    SELECT id, name, kind, first_day, last_day, every_year, source, NULL, 0 FROM event;
  DROP TABLE event;
  ALTER TABLE event_new RENAME TO event;
  CREATE UNIQUE INDEX event_once ON event (name, kind, first_day, last_day) WHERE repeated = 0;
  DELETE FROM tally WHERE name = 'event';
  ${sealed('event', ['id', 'name', 'kind', 'first_day', 'last_day', 'every_year', 'source', 'import_id', 'repeated'])}
  `,
];
