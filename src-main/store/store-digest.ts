import { createHash } from 'node:crypto';
import type { Store } from './open-store.ts';

/** Hex sha256 over every row of every table: equal digests, equal contents. */
export function storeDigest(store: Store): string {
  const hash = createHash('sha256');
  const tables = store.db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];
  for (const table of tables) {
    hash.update(`\u0001${table}`);
    const statement = store.db.prepare(`SELECT * FROM "${table}"`).raw();
    // No primary key is longer than three columns, and every table begins with its own.
    const order = statement
      .columns()
      .slice(0, 3)
      .map((_, i) => i + 1);
    for (const row of store.db.prepare(`SELECT * FROM "${table}" ORDER BY ${order}`).raw().iterate() as Iterable<
      unknown[]
    >) {
      for (const value of row) {
        hash.update(`\u0002${typeof value}:`);
        hash.update(value instanceof Uint8Array ? value : String(value));
      }
    }
  }
  return hash.digest('hex');
}
