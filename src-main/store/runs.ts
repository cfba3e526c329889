/** The memo of long calculations: same data, same input, the stored answer. */
import type { Store } from './open-store.ts';

/** Answers kept of one data version; the oldest go first. */
const keptRuns = 500;

export function findRun(store: Store, method: string, inputKey: string, dataVersion: number): unknown {
  const output = store.db
    .prepare('SELECT output FROM run WHERE method = ? AND input_key = ? AND data_version = ?')
    .pluck()
    .get(method, inputKey, dataVersion) as string | undefined;
  return output === undefined ? null : JSON.parse(output);
}

export function saveRun(store: Store, method: string, inputKey: string, dataVersion: number, output: unknown): void {
  store.transaction(() => {
    store.db
      .prepare('INSERT OR REPLACE INTO run (method, input_key, data_version, output) VALUES (?, ?, ?, ?)')
      .run(method, inputKey, dataVersion, JSON.stringify(output));
    store.db.prepare('DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - ?').run(keptRuns);
  });
}
