/** The memo of long calculations: same data, same input, the stored answer. */
import { packJson, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';
import { insertSealed, isWhole, type SealedTable } from './seals.ts';

/** Answers kept of one data version; the oldest go first. */
const keptRuns = 500;

const table: SealedTable = { name: 'run', columns: ['method', 'input_key', 'data_version', 'made', 'output'] };

/** A stored answer, null without. One that does not fit its seal is none: it is worked out anew. */
export function findRun(store: Store, method: string, inputKey: string, dataVersion: number): unknown {
  const row = store.db
    .prepare(
      `SELECT method, input_key, data_version, made, output, sum FROM run
       WHERE method = ? AND input_key = ? AND data_version = ?`,
    )
    .get(method, inputKey, dataVersion) as Record<string, unknown> | undefined;
  const asked = { method, input_key: inputKey, data_version: dataVersion };
  return row && isWhole(table, { ...row, ...asked }) ? unpackJson(row.output as Buffer) : null;
}

/** Keeps an answer, unless the data have changed since it was asked for. */
export function saveRun(store: Store, method: string, inputKey: string, dataVersion: number, output: unknown): void {
  const packed = packJson(output);
  store.remember(() => {
    const now = store.db.prepare("SELECT value FROM meta WHERE key = 'dataVersion'").pluck().get() as number;
    if (now !== dataVersion) return;
    const made = (store.db.prepare('SELECT ifnull(max(made), 0) + 1 FROM run').pluck().get() as number) ?? 1;
    insertSealed(
      store.db,
      table,
      [method, inputKey, dataVersion, made, packed],
      'ON CONFLICT DO UPDATE SET made = excluded.made, output = excluded.output, sum = excluded.sum',
    );
    store.db.prepare('DELETE FROM run WHERE made <= ?').run(made - keptRuns);
  });
}
